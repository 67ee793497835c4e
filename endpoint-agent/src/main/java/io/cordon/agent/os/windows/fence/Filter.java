package io.cordon.agent.os.windows.fence;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A WFP filter in our sublayer.
 *
 * @param name what administrators see
 * @param weight 0 to 15: among those that match in a sublayer, the heaviest decides
 * @param conditions in no particular order; two filters that differ only in it are equal
 */
public record Filter(
        UUID key, String name, Layer layer, Action action, int weight, List<Condition> conditions, Set<Trait> traits) {
    /** What it does where it matches. */
    public enum Action {
        BLOCK,
        PERMIT,
        /** Found on the machine and none of ours. */
        OTHER
    }

    /** Flags that change what it means. */
    public enum Trait {
        /** Survives restarts, of the machine and of the filter engine. */
        PERSISTENT,
        /** No other sublayer can overrule it. */
        FINAL,
        BOOT_TIME,
        DISABLED
    }

    public Filter {
        if (weight < 0 || weight > 15) {
            throw new IllegalArgumentException("filter weight: " + weight + " (expected: 0..15)");
        }
        conditions = conditions.stream()
                .sorted(Comparator.comparing(Object::toString))
                .toList();
        traits = Set.copyOf(traits);
    }

    /**
     * Blocks are final. Permits are not: what another firewall blocks stays blocked.
     *
     * <p>No filter is for boot time (before the filter engine runs): until the agent has set the accounts' passwords nothing can
     * run as one of them.
     */
    static Filter of(UUID key, String name, Layer layer, Action action, int weight, List<Condition> conditions) {
        return new Filter(
                key,
                name,
                layer,
                action,
                weight,
                conditions,
                action == Action.BLOCK ? Set.of(Trait.PERSISTENT, Trait.FINAL) : Set.of(Trait.PERSISTENT));
    }

    /** All of it but the key and the name, in one line that is equal when the filters are; for the ledger. */
    public String text() {
        return action + " " + layer + " weight " + weight + " " + new TreeSet<>(traits) + " " + conditions;
    }
}
