package io.cordon.server.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One coding agent of one user on one machine, worked out of an {@link Inventory}.
 *
 * @param user empty for an installation that is there for everybody and that nobody is known to use
 * @param path empty when only its use is known, and not what is installed
 */
public record AgentSighting(
        String user,
        String agent,
        String title,
        Standing standing,
        String version,
        String source,
        String path,
        String refusal,
        @Nullable Instant lastUsed,
        int running) {

    /** Of one endpoint: many accounts times many installations for everybody stay bounded. */
    private static final int MOST = 2000;

    private record Key(String user, String agent) {}

    /**
     * An installation in a home belongs to its owner. One that is there for everybody goes to each user of the agent who has
     * none of his own.
     */
    static List<AgentSighting> of(Inventory inventory) {
        Map<Key, Inventory.Use> uses = new LinkedHashMap<>();
        inventory.uses().forEach(use -> uses.putIfAbsent(new Key(use.user(), use.agent()), use));
        Map<Key, Inventory.Use> without = new LinkedHashMap<>(uses);
        List<AgentSighting> found = new ArrayList<>();
        for (Inventory.Installation each : inventory.installations()) {
            if (!each.owner().isEmpty()) {
                Key key = new Key(each.owner(), each.agent());
                without.remove(key);
                found.add(of(each, each.owner(), uses.get(key)));
            }
        }
        List<Inventory.Use> unserved = List.copyOf(without.values());
        for (Inventory.Installation each : inventory.installations()) {
            if (each.owner().isEmpty()) {
                List<Inventory.Use> users = unserved.stream()
                        .filter(use -> use.agent().equals(each.agent()))
                        .toList();
                users.forEach(use -> {
                    without.remove(new Key(use.user(), use.agent()));
                    found.add(of(each, use.user(), use));
                });
                if (users.isEmpty()) {
                    found.add(of(each, "", null));
                }
            }
        }
        without.values().forEach(use -> found.add(of(use)));
        return found.stream()
                .sorted(Comparator.comparing(AgentSighting::user)
                        .thenComparing(AgentSighting::agent)
                        .thenComparing(AgentSighting::path))
                .limit(MOST)
                .toList();
    }

    private static AgentSighting of(Inventory.Installation each, String user, Inventory.@Nullable Use use) {
        return new AgentSighting(
                user,
                each.agent(),
                each.title(),
                each.standing(),
                each.version(),
                each.source(),
                each.path(),
                each.refusal(),
                use == null ? null : use.lastUsed(),
                use == null ? 0 : use.running());
    }

    private static AgentSighting of(Inventory.Use use) {
        return new AgentSighting(
                use.user(), use.agent(), use.title(), use.standing(), "", "", "", "", use.lastUsed(), use.running());
    }
}
