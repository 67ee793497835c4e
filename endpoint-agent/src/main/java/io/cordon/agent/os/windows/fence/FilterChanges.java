package io.cordon.agent.os.windows.fence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What to write to the filter engine, in this order: filters away, sublayer and provider away, provider and sublayer there,
 * filters there. A filter that changes is both removed and added.
 */
public record FilterChanges(
        List<UUID> removedFilters,
        Optional<UUID> removedSubLayer,
        Optional<UUID> removedProvider,
        Optional<FilterPlan.Provider> provider,
        Optional<FilterPlan.SubLayer> subLayer,
        List<Filter> filters) {
    public FilterChanges {
        removedFilters = List.copyOf(removedFilters);
        filters = List.copyOf(filters);
    }

    /** From what is there to the plan; nothing where they agree. */
    static FilterChanges between(FilterEngine.Installed installed, FilterPlan plan) {
        boolean frame = installed.provider().equals(Optional.of(plan.provider()))
                && installed.subLayer().equals(Optional.of(plan.subLayer()))
                && !installed.unguarded().contains(plan.provider().key())
                && !installed.unguarded().contains(plan.subLayer().key());
        return frame ? filters(installed, plan) : everything(installed, plan);
    }

    private static FilterChanges filters(FilterEngine.Installed installed, FilterPlan plan) {
        Map<UUID, Filter> wanted = byKey(plan.filters());
        Map<UUID, Filter> kept = byKey(installed.filters().stream()
                .filter(filter -> filter.equals(wanted.get(filter.key())))
                .filter(filter -> !installed.unguarded().contains(filter.key()))
                .toList());
        return new FilterChanges(
                keys(installed.filters()).stream()
                        .filter(key -> !kept.containsKey(key))
                        .toList(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                plan.filters().stream()
                        .filter(filter -> !kept.containsKey(filter.key()))
                        .toList());
    }

    /** Provider and sublayer cannot be changed while filters hang on them. */
    private static FilterChanges everything(FilterEngine.Installed installed, FilterPlan plan) {
        FilterChanges removal = removal(installed);
        return new FilterChanges(
                removal.removedFilters(),
                removal.removedSubLayer(),
                removal.removedProvider(),
                Optional.of(plan.provider()),
                Optional.of(plan.subLayer()),
                plan.filters());
    }

    /** Everything away. */
    static FilterChanges removal(FilterEngine.Installed installed) {
        return new FilterChanges(
                keys(installed.filters()),
                installed.subLayer().map(FilterPlan.SubLayer::key),
                installed.provider().map(FilterPlan.Provider::key),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    public boolean isEmpty() {
        return writes() == 0;
    }

    /** How many objects are removed or added. */
    int writes() {
        return removedFilters.size()
                + filters.size()
                + (int) List.of(removedSubLayer, removedProvider, provider, subLayer).stream()
                        .filter(Optional::isPresent)
                        .count();
    }

    private static Map<UUID, Filter> byKey(List<Filter> filters) {
        return filters.stream().collect(Collectors.toMap(Filter::key, Function.identity()));
    }

    private static List<UUID> keys(List<Filter> filters) {
        return filters.stream().map(Filter::key).toList();
    }
}
