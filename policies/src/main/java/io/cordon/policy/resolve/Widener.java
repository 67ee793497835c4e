package io.cordon.policy.resolve;

import io.cordon.policy.model.CommandRule;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.NamePattern;
import io.cordon.policy.model.PartialLimits;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.model.PolicyException;
import io.cordon.policy.model.ProtectedPath;
import io.cordon.policy.model.Widening;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Applies an exception to a draft, before any tightening (SPEC 3.3). */
final class Widener {

    private final Draft draft;
    private final PublishedDocument published;
    private final String name;
    private final Widening widen;

    private Widener(Draft draft, PublishedDocument published, PolicyException exception) {
        this.draft = draft;
        this.published = published;
        this.name = exception.metadata().name().value();
        this.widen = exception.widen();
    }

    static void apply(Draft draft, PublishedDocument published, PolicyException exception) {
        Widener widener = new Widener(draft, published, exception);
        widener.filesystem();
        widener.network();
        widener.process();
        widener.commands();
    }

    private void filesystem() {
        remove(draft.readDeny, widen.readAllow(), PathPattern::equals, "filesystem.read.deny");
        draft.writeRoots.addAll(list("/spec/widen/filesystem/write/roots", widen.writeRoots()));
        remove(draft.protect, widen.unprotect(), ProtectedPath::equals, "filesystem.write.protect");
    }

    private void network() {
        draft.networkMode =
                wider(draft.networkMode, widen.networkMode(), "/spec/widen/network/mode", (a, b) -> a.compareTo(b) < 0);
        draft.allow.addAll(list("/spec/widen/network/allow", widen.networkAllow()));
        remove(
                draft.deny,
                widen.networkDenyRemove(),
                (rule, host) -> rule.host().equals(host),
                "network.deny");
        draft.loopbackPorts.addAll(list("/spec/widen/network/loopback/ports", widen.loopbackPorts()));
    }

    private void process() {
        PartialLimits limits = widen.limits();
        limit("processes", limits.processes());
        limit("memoryMiB", limits.memoryMiB());
        limit("wallClockSeconds", limits.wallClockSeconds());
        limit("openFiles", limits.openFiles());
        draft.pass.addAll(list("/spec/widen/process/environment/pass", widen.environmentPass()));
        remove(draft.withhold, widen.environmentWithholdRemove(), NamePattern::equals, "process.environment.withhold");
        draft.debugging = wider(draft.debugging, widen.debugging(), "/spec/widen/process/debugging", (a, b) -> a && !b);
    }

    private void limit(String limit, Optional<Integer> value) {
        draft.limits.computeIfPresent(
                limit, (key, current) -> wider(current, value, "/spec/widen/process/limits/" + limit, (a, b) -> a > b));
    }

    private void commands() {
        draft.commandDefault = wider(
                draft.commandDefault,
                widen.commandDefault(),
                "/spec/widen/commands/default",
                Decision::isMorePermissiveThan);
        draft.commandUnknown = wider(
                draft.commandUnknown,
                widen.commandUnknown(),
                "/spec/widen/commands/unknown",
                Decision::isMorePermissiveThan);
        remove(draft.rules, widen.suspendRules(), (rule, id) -> rule.id().equals(id), "commands.rules");
        draft.rules.addAll(Tracked.list(
                published, "/spec/widen/commands/rules", widen.rules(), (CommandRule rule) -> rule.resolved(name)));
    }

    private <T> Tracked<T> wider(
            Tracked<T> current, Optional<T> wanted, String pointer, BiPredicate<T, T> firstIsWider) {
        return wanted.isPresent() && firstIsWider.test(wanted.get(), current.value())
                ? new Tracked<>(wanted.get(), Origin.of(published, pointer))
                : current;
    }

    private <T, K> void remove(TrackedList<T> from, List<K> keys, BiPredicate<T, K> is, String list) {
        for (K key : keys) {
            if (!from.removeIf(value -> is.test(value, key))) {
                draft.notices.add("exception " + name + ": " + key + " is not in " + list + " and has no effect");
            }
        }
    }

    private <T> List<Tracked<T>> list(String pointer, List<T> values) {
        return Tracked.list(published, pointer, values);
    }
}
