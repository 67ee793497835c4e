package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.Change;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.windows.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Registers the service and its event source, convergently: what is as wanted is not written again, and a run that was killed
 * at any point is finished by the next. An upgrade in place is the same call with another command line.
 */
public final class ServiceRegistration {
    /** Kind of the ledger entry. */
    public static final String CHANGE = "windows-service";

    private static final String NAME = "name";

    private final ServiceDatabase services;
    private final Registry registry;
    private final Ledger ledger;

    public ServiceRegistration(ServiceDatabase services, Registry registry, Ledger ledger) {
        this.services = services;
        this.registry = registry;
        this.ledger = ledger;
    }

    /** Which settings differ, in the order in which they are set; all of them when there is no such service. */
    public static List<ServiceSetting> differences(ServiceConfig wanted, Optional<ServiceConfig> actual) {
        return Arrays.stream(ServiceSetting.values())
                .filter(each -> actual.isEmpty() || each.differs(wanted, actual.get()))
                .toList();
    }

    /**
     * Makes the service and its event source what they should be.
     *
     * @return one line for each thing that was changed; empty when all was well
     */
    public List<String> converge(String name, ServiceConfig wanted) throws IOException {
        ServiceConfig canonical = withAccess(wanted, services.canonical(wanted.access()));
        List<String> changed = new ArrayList<>();
        Optional<ServiceConfig> actual = services.read(name);
        List<ServiceSetting> differences = differences(canonical, actual);
        boolean source = !EventSource.differences(registry).isEmpty();
        boolean unrecorded = entries(name).isEmpty() && (actual.isEmpty() || source);
        long entry = unrecorded ? ledger.intend(new Change(CHANGE, Map.of(NAME, name))) : -1;
        if (source) {
            EventSource.converge(registry);
            changed.add("event source " + EventSource.NAME);
        }
        if (actual.isEmpty()) {
            services.create(name, canonical);
            changed.add("service " + name + " registered");
        }
        for (ServiceSetting each : differences) {
            if (actual.isPresent() || each != ServiceSetting.BASE) {
                services.change(name, each, canonical);
                changed.add("service " + name + ": " + each.name().toLowerCase(java.util.Locale.ROOT));
            }
        }
        if (entry >= 0) {
            ledger.done(entry);
        }
        return changed;
    }

    private List<Ledger.Entry> entries(String name) {
        return ledger.open().stream()
                .filter(each -> each.change().kind().equals(CHANGE)
                        && each.change().detail(NAME).equals(name))
                .toList();
    }

    /** Takes back what {@link #converge} made, as the ledger has it; nothing when it made nothing. */
    public List<String> undo() throws IOException {
        List<String> undone = new ArrayList<>();
        for (Ledger.Entry each : ledger.open()) {
            if (!each.change().kind().equals(CHANGE)) {
                continue;
            }
            String name = each.change().detail(NAME);
            services.delete(name);
            EventSource.remove(registry);
            ledger.undone(each.id());
            undone.add("service " + name);
        }
        return undone;
    }

    private static ServiceConfig withAccess(ServiceConfig config, String access) {
        return new ServiceConfig(
                config.binaryPath(),
                config.displayName(),
                config.description(),
                config.automatic(),
                config.delayed(),
                config.account(),
                config.dependencies(),
                config.restartDelays(),
                config.failureReset(),
                config.failureOnError(),
                config.sidType(),
                config.privileges(),
                config.preshutdown(),
                access);
    }
}
