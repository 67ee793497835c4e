package io.cordon.agent.adapters.discovery;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what a scan finds, each kind up to a limit; what is over it is counted in a problem. Of one thread. */
final class Findings {
    static final int MOST_INSTALLATIONS = 500;
    static final int MOST_USES = 500;
    static final int MOST_SERVERS = 500;
    static final int MOST_PROBLEMS = 50;
    private static final int LONGEST_TEXT = 400;

    private final Map<String, Inventory.Installation> installations = new LinkedHashMap<>();
    private final Map<List<String>, Inventory.Use> uses = new LinkedHashMap<>();
    private final List<Inventory.ConfiguredServer> servers = new ArrayList<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private int over;

    /** The first to find a path keeps it: scans go from what tells most to what tells least. */
    void add(Inventory.Installation found) {
        if (installations.containsKey(found.path())) {
            return;
        }
        if (installations.size() == MOST_INSTALLATIONS) {
            over++;
            return;
        }
        installations.put(found.path(), found);
    }

    boolean hasInstallation(String path) {
        return installations.containsKey(path);
    }

    void add(Inventory.ConfiguredServer server) {
        if (servers.size() == MOST_SERVERS) {
            over++;
            return;
        }
        servers.add(server);
    }

    void used(KnownAgent agent, String user, Instant at) {
        use(agent, user, at.truncatedTo(ChronoUnit.HOURS), 0);
    }

    void running(KnownAgent agent, String user) {
        use(agent, user, null, 1);
    }

    private void use(KnownAgent agent, String user, @Nullable Instant at, int running) {
        List<String> key = List.of(user, agent.word());
        Inventory.Use known = uses.get(key);
        if (known == null) {
            if (uses.size() == MOST_USES) {
                over++;
                return;
            }
            uses.put(key, new Inventory.Use(agent, user, at, running));
            return;
        }
        Instant before = known.lastUsed();
        Instant latest = before == null || at != null && at.isAfter(before) ? at : before;
        uses.put(key, new Inventory.Use(agent, user, latest, known.running() + running));
    }

    void problem(String place, IOException e) {
        String reason = e instanceof java.nio.file.FileSystemException failure && failure.getReason() != null
                ? failure.getFile() + ": " + failure.getReason()
                : String.valueOf(e.getMessage());
        problem(place.isEmpty() ? reason : place + ": " + reason);
    }

    void problem(String line) {
        String clean = line.replaceAll("\\p{Cntrl}", " ");
        String cut = clean.length() > LONGEST_TEXT ? clean.substring(0, LONGEST_TEXT) + "…" : clean;
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(cut);
        }
    }

    void addAll(Inventory other) {
        other.installations().forEach(this::add);
        other.uses().forEach(use -> {
            if (use.lastUsed() != null) {
                used(use.agent(), use.user(), use.lastUsed());
            }
        });
        other.servers().forEach(this::add);
        other.problems().forEach(this::problem);
    }

    Inventory inventory() {
        List<String> lines = new ArrayList<>(problems);
        if (over > 0) {
            lines.add(over + " more findings were left out");
        }
        return new Inventory(
                installations.values().stream()
                        .sorted(Comparator.comparing((Inventory.Installation each) -> each.owner())
                                .thenComparing(each -> each.agent().word())
                                .thenComparing(Inventory.Installation::path))
                        .toList(),
                uses.values().stream()
                        .sorted(Comparator.comparing((Inventory.Use each) -> each.user())
                                .thenComparing(each -> each.agent().word()))
                        .toList(),
                servers.stream()
                        .sorted(Comparator.comparing((Inventory.ConfiguredServer each) -> each.user())
                                .thenComparing(each -> each.agent().word())
                                .thenComparing(Inventory.ConfiguredServer::file)
                                .thenComparing(Inventory.ConfiguredServer::name))
                        .toList(),
                lines);
    }
}
