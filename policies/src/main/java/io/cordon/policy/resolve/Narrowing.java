package io.cordon.policy.resolve;

import io.cordon.policy.model.HostRule;
import io.cordon.policy.model.NamePattern;
import io.cordon.policy.model.PartialLimits;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.model.ProtectedPath;
import io.cordon.policy.model.Tightening;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Applies a tightening to a draft: each step keeps or narrows (SPEC 3.4). */
final class Narrowing {

    private final Draft draft;
    private final PublishedDocument published;
    private final Tightening tightening;

    private Narrowing(Draft draft, PublishedDocument published, Tightening tightening) {
        this.draft = draft;
        this.published = published;
        this.tightening = tightening;
    }

    static void apply(Draft draft, PublishedDocument published, Tightening tightening) {
        Narrowing narrowing = new Narrowing(draft, published, tightening);
        narrowing.filesystem();
        narrowing.network();
        narrowing.process();
        narrowing.commands();
        AgentsNarrowing.apply(draft, published, tightening);
        narrowing.telemetry();
    }

    private void filesystem() {
        draft.mode = narrower(draft.mode, tightening.mode(), "/spec/mode", (a, b) -> a.compareTo(b) >= 0 ? a : b);
        draft.readDeny.addAll(list("/spec/filesystem/read/deny", tightening.readDeny()));
        tightening
                .writeRoots()
                .ifPresent(roots ->
                        intersect(draft.writeRoots, "/spec/filesystem/write/roots", roots, PathPattern::intersect));
        draft.protect.addAll(list("/spec/filesystem/write/protect", tightening.protect()));
    }

    /**
     * Protected paths are relative to roots. Once the roots are narrower, those of the wider roots stay protected as well:
     * narrowing a root to {@code .git} must not open {@code .git/hooks}.
     */
    static void keepProtected(Draft draft, List<PathPattern> rootsBefore) {
        if (draft.writeRoots.values().equals(rootsBefore)) {
            return;
        }
        for (Tracked<ProtectedPath> path : draft.protect.items()) {
            for (PathPattern root : rootsBefore) {
                draft.protectAlso.addAll(
                        List.of(new Tracked<>(root.resolve(path.value().value()), path.origin())));
            }
        }
    }

    private void network() {
        draft.networkMode =
                narrower(draft.networkMode, tightening.networkMode(), "/spec/network/mode", (a, b) -> a.narrowest(b));
        tightening
                .networkAllow()
                .ifPresent(hosts -> intersect(draft.allow, "/spec/network/allow", hosts, HostRule::intersect));
        draft.deny.addAll(list("/spec/network/deny", tightening.networkDeny()));
        tightening
                .loopbackPorts()
                .ifPresent(ports ->
                        intersect(draft.loopbackPorts, "/spec/network/loopback/ports", ports, TrackedList::same));
    }

    private void process() {
        PartialLimits limits = tightening.limits();
        limit("processes", limits.processes());
        limit("memoryMiB", limits.memoryMiB());
        limit("wallClockSeconds", limits.wallClockSeconds());
        limit("openFiles", limits.openFiles());
        tightening
                .environmentPass()
                .ifPresent(names ->
                        intersect(draft.pass, "/spec/process/environment/pass", names, NamePattern::intersect));
        draft.withhold.addAll(list("/spec/process/environment/withhold", tightening.environmentWithhold()));
        draft.debugging =
                narrower(draft.debugging, tightening.debugging(), "/spec/process/debugging", (a, b) -> a && b);
    }

    private void limit(String name, Optional<Integer> value) {
        draft.limits.computeIfPresent(
                name, (key, limit) -> narrower(limit, value, "/spec/process/limits/" + name, Math::min));
    }

    private void commands() {
        draft.commandDefault = narrower(
                draft.commandDefault, tightening.commandDefault(), "/spec/commands/default", (a, b) -> a.strictest(b));
        draft.commandUnknown = narrower(
                draft.commandUnknown, tightening.commandUnknown(), "/spec/commands/unknown", (a, b) -> a.strictest(b));
        String overlay = tightening.metadata().name().value();
        draft.narrowing.addAll(
                Tracked.list(published, "/spec/commands/rules", tightening.rules(), rule -> rule.resolved(overlay)));
    }

    private void telemetry() {
        draft.arguments =
                narrower(draft.arguments, tightening.arguments(), "/spec/telemetry/arguments", (a, b) -> a.least(b));
        draft.redact.addAll(list("/spec/telemetry/redact", tightening.redact()));
        draft.retainDays = narrower(draft.retainDays, tightening.retainDays(), "/spec/telemetry/retainDays", Math::min);
    }

    private <T> Tracked<T> narrower(
            Tracked<T> current, Optional<T> wanted, String pointer, BinaryOperator<T> narrowest) {
        return wanted.map(value -> current.narrowedTo(value, Origin.of(published, pointer), narrowest))
                .orElse(current);
    }

    private <T> void intersect(TrackedList<T> current, String pointer, List<T> values, BinaryNullable<T> both) {
        current.intersect(Origin.of(published, pointer), list(pointer, values), both::apply);
    }

    private <T> List<Tracked<T>> list(String pointer, List<T> values) {
        return Tracked.list(published, pointer, values);
    }

    /** What two values have in common, null for nothing. */
    private interface BinaryNullable<T> {
        @Nullable
        T apply(T a, T b);
    }
}
