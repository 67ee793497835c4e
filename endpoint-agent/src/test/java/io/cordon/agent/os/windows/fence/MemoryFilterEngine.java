package io.cordon.agent.os.windows.fence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A filter engine in memory that is as strict about order as the real one. */
final class MemoryFilterEngine implements FilterEngine {
    Optional<FilterPlan.Provider> provider = Optional.empty();
    Optional<FilterPlan.SubLayer> subLayer = Optional.empty();
    final List<Filter> filters = new ArrayList<>();
    final Set<UUID> unguarded = new HashSet<>();
    int transactions;
    boolean broken;
    Runnable beforeApply = () -> {};

    @Override
    public Installed installed() {
        return new Installed(provider, subLayer, filters, unguarded);
    }

    @Override
    public void apply(FilterChanges changes) throws IOException {
        beforeApply.run();
        if (broken) {
            throw new IOException("FwpmTransactionCommit0: 0x80320019");
        }
        transactions++;
        for (UUID key : changes.removedFilters()) {
            check(filters.removeIf(filter -> filter.key().equals(key)), "no such filter " + key);
            unguarded.remove(key);
        }
        if (changes.removedSubLayer().isPresent()) {
            check(filters.isEmpty(), "sublayer in use");
            subLayer = Optional.empty();
        }
        if (changes.removedProvider().isPresent()) {
            check(subLayer.isEmpty(), "provider in use");
            provider = Optional.empty();
            unguarded.clear();
        }
        if (changes.provider().isPresent()) {
            check(provider.isEmpty(), "provider exists");
            provider = changes.provider();
        }
        if (changes.subLayer().isPresent()) {
            check(subLayer.isEmpty() && provider.isPresent(), "sublayer exists, or no provider");
            subLayer = changes.subLayer();
        }
        for (Filter filter : changes.filters()) {
            check(
                    subLayer.isPresent()
                            && filters.stream().noneMatch(each -> each.key().equals(filter.key())),
                    "exists");
            filters.add(filter);
        }
    }

    private static void check(boolean condition, String what) throws IOException {
        if (!condition) {
            throw new IOException(what);
        }
    }
}
