package io.cordon.agent.os.windows.fence;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the fence needs of the Windows Filtering Platform. */
public interface FilterEngine {
    /**
     * What of ours is there.
     *
     * @throws IOException when the filter engine does not answer
     */
    Installed installed() throws IOException;

    /**
     * Makes all of it in one transaction, or none. Whatever is added gets {@link Descriptor#GUARD}.
     *
     * @throws IOException when it was not made
     */
    void apply(FilterChanges changes) throws IOException;

    /**
     * Objects with the keys of {@link FilterPlan#PROVIDER} and {@link FilterPlan#SUBLAYER}, and all filters of that provider.
     *
     * @param unguarded keys of those that others than SYSTEM and Administrators may change
     */
    record Installed(
            Optional<FilterPlan.Provider> provider,
            Optional<FilterPlan.SubLayer> subLayer,
            List<Filter> filters,
            Set<UUID> unguarded) {
        public Installed {
            filters = List.copyOf(filters);
            unguarded = Set.copyOf(unguarded);
        }
    }
}
