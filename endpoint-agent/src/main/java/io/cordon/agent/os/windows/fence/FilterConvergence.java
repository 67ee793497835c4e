package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.Ledger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Brings the filter engine to a plan, by the difference only. */
final class FilterConvergence {
    private final FilterEngine engine;
    private final FenceLedger ledger;

    FilterConvergence(FilterEngine engine, Ledger ledger) {
        this.engine = engine;
        this.ledger = new FenceLedger(ledger, Set.of(FenceObject.PROVIDER, FenceObject.SUBLAYER, FenceObject.FILTER));
    }

    /** @param drift what differed from what was written before, one line each */
    record Outcome(int writes, List<String> drift) {}

    /** Which plan stands there, as far as its depth goes. */
    FilterPlanner.Depth depth() throws IOException {
        return engine.installed().filters().stream().anyMatch(filter -> filter.weight() == FilterPlanner.REST_WEIGHT)
                ? FilterPlanner.Depth.DERIVED_TOKENS
                : FilterPlanner.Depth.ACCOUNTS;
    }

    /** Whether there is nothing to write. */
    boolean holds(FilterPlan plan) throws IOException {
        return FilterChanges.between(engine.installed(), plan).isEmpty();
    }

    Outcome converge(FilterPlan plan) throws IOException {
        FilterEngine.Installed installed = engine.installed();
        List<FenceObject> found = FenceObject.of(installed);
        List<FenceObject> wanted = FenceObject.of(plan);
        List<String> drift = new ArrayList<>(ledger.drift(found));
        found.stream()
                .filter(object -> installed.unguarded().stream()
                        .anyMatch(key -> key.toString().equals(object.key())))
                .forEach(object -> drift.add(
                        object.kind() + " \"" + object.name() + "\" could be changed by others than administrators"));
        FilterChanges changes = FilterChanges.between(installed, plan);
        List<Long> intended = ledger.intend(wanted);
        apply(changes, intended);
        ledger.settle(wanted);
        return new Outcome(changes.writes(), drift);
    }

    private void apply(FilterChanges changes, List<Long> intended) throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        try {
            engine.apply(changes);
        } catch (IOException e) {
            ledger.failed(intended);
            throw e;
        }
    }

    void remove() throws IOException {
        apply(FilterChanges.removal(engine.installed()), List.of());
        ledger.settle(List.of());
    }
}
