package io.cordon.agent.os.windows.service;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A service database in memory; a test can let the change of a given number fail. */
public final class MemoryServices implements ServiceDatabase {
    private final Map<String, ServiceConfig> services = new TreeMap<>();
    private final Map<String, ServiceStatus.State> states = new TreeMap<>();
    private final List<String> changes = new ArrayList<>();
    private int failAt = -1;

    void failAt(int change) {
        failAt = changes.size() + change;
    }

    public List<String> changes() {
        return List.copyOf(changes);
    }

    public void set(String name, ServiceStatus.State state) {
        states.put(name, state);
    }

    private void change(String text) throws IOException {
        if (changes.size() == failAt) {
            failAt = -1;
            throw new IOException("killed before: " + text);
        }
        changes.add(text);
    }

    @Override
    public Optional<ServiceConfig> read(String name) {
        return Optional.ofNullable(services.get(name));
    }

    @Override
    public void create(String name, ServiceConfig wanted) throws IOException {
        change("create");
        services.put(
                name,
                new ServiceConfig(
                        wanted.binaryPath(),
                        wanted.displayName(),
                        "",
                        wanted.automatic(),
                        false,
                        wanted.account(),
                        wanted.dependencies(),
                        List.of(),
                        0,
                        false,
                        0,
                        List.of(),
                        Duration.ofSeconds(10),
                        "D:default"));
        states.put(name, ServiceStatus.State.STOPPED);
    }

    @Override
    public void change(String name, ServiceSetting setting, ServiceConfig wanted) throws IOException {
        change(setting.name());
        ServiceConfig old = services.get(name);
        if (old == null) {
            throw new IOException("OpenServiceW: error 1060");
        }
        services.put(name, merged(setting, old, wanted));
    }

    private static <T> T pick(boolean yes, T wanted, T old) {
        return yes ? wanted : old;
    }

    private static ServiceConfig merged(ServiceSetting setting, ServiceConfig old, ServiceConfig wanted) {
        boolean base = setting == ServiceSetting.BASE;
        boolean recovery = setting == ServiceSetting.RECOVERY;
        return new ServiceConfig(
                pick(base, wanted.binaryPath(), old.binaryPath()),
                pick(base, wanted.displayName(), old.displayName()),
                pick(setting == ServiceSetting.DESCRIPTION, wanted.description(), old.description()),
                pick(base, wanted.automatic(), old.automatic()),
                pick(setting == ServiceSetting.DELAYED_START, wanted.delayed(), old.delayed()),
                pick(base, wanted.account(), old.account()),
                pick(base, wanted.dependencies(), old.dependencies()),
                pick(recovery, wanted.restartDelays(), old.restartDelays()),
                pick(recovery, wanted.failureReset(), old.failureReset()),
                pick(setting == ServiceSetting.RECOVERY_ON_ERROR, wanted.failureOnError(), old.failureOnError()),
                pick(setting == ServiceSetting.SID_TYPE, wanted.sidType(), old.sidType()),
                pick(setting == ServiceSetting.PRIVILEGES, wanted.privileges(), old.privileges()),
                pick(setting == ServiceSetting.PRESHUTDOWN, wanted.preshutdown(), old.preshutdown()),
                pick(setting == ServiceSetting.ACCESS, wanted.access(), old.access()));
    }

    @Override
    public void delete(String name) throws IOException {
        change("delete");
        services.remove(name);
        states.remove(name);
    }

    @Override
    public Optional<ServiceStatus.State> state(String name) {
        return Optional.ofNullable(states.get(name));
    }

    @Override
    public void start(String name, Duration patience) throws IOException {
        change("start");
        states.put(name, ServiceStatus.State.RUNNING);
    }

    @Override
    public void stop(String name, Duration patience) throws IOException {
        change("stop");
        states.computeIfPresent(name, (any, state) -> ServiceStatus.State.STOPPED);
    }

    /** Windows writes some descriptors otherwise than they were read. */
    @Override
    public String canonical(String sddl) {
        return sddl + " ";
    }
}
