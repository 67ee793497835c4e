package io.cordon.policy.resolve;

import io.cordon.policy.model.Assignments;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.model.Mode;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.model.PolicyException;
import io.cordon.policy.model.PolicyName;
import io.cordon.policy.model.SandboxPolicy;
import io.cordon.policy.model.Tightening;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Resolves what holds for an endpoint (SPEC 3): base, then exceptions, then tightenings. */
public final class Resolver {

    private Resolver() {}

    /** What holds for the endpoint at that time; pure, so the same arguments give the same resolution everywhere. */
    public static Resolution resolve(PolicySet set, EndpointFacts facts, Instant now) {
        Optional<Assignments.AssignmentRule> assigned = set.assignments().stream()
                .flatMap(table -> table.rules().stream())
                .filter(rule -> rule.select().matches(facts))
                .findFirst();
        if (assigned.isEmpty()) {
            return strictest("no assignment matches this endpoint: the built-in strictest policy holds");
        }
        PolicyName name = assigned.get().policy();
        Optional<PublishedDocument> base = set.policy(name);
        if (base.isEmpty()) {
            return strictest("assignments.yaml names policy " + name
                    + ", which is not published: the built-in strictest policy holds");
        }
        return resolve(set, facts, now, base.get());
    }

    /** When the resolution changes though no document does: the next beginning or end of an exception for the endpoint. */
    public static Optional<Instant> nextChange(PolicySet set, EndpointFacts facts, Instant now) {
        return set.ofKind(PolicyException.class).stream()
                .map(published -> (PolicyException) published.document())
                .filter(exception -> exception.endpoints().contains(facts.id()))
                .flatMap(exception -> Stream.of(exception.metadata().created(), exception.until()))
                .filter(time -> time != null && time.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    private static Resolution resolve(PolicySet set, EndpointFacts facts, Instant now, PublishedDocument base) {
        SandboxPolicy policy = (SandboxPolicy) base.document();
        Draft draft = new Draft(base, policy);
        List<AppliedDocument> documents = new ArrayList<>();
        documents.add(applied(base));
        for (PublishedDocument published : set.ofKind(PolicyException.class)) {
            PolicyException exception = (PolicyException) published.document();
            if (exception.endpoints().contains(facts.id())) {
                draft.notices.add(notice(exception, now));
                if (exception.inForceAt(now)) {
                    Widener.apply(draft, published, exception);
                    documents.add(applied(published));
                }
            }
        }
        List<PathPattern> rootsBefore = draft.writeRoots.values();
        for (PublishedDocument published : set.ofKind(Tightening.class)) {
            Tightening tightening = (Tightening) published.document();
            if (tightening.appliesTo().matches(facts)) {
                Narrowing.apply(draft, published, tightening);
                documents.add(applied(published));
            }
        }
        Narrowing.keepProtected(draft, rootsBefore);
        ResolvedPolicy resolved = Assembly.policy(draft);
        draft.notices.addAll(0, notices(resolved));
        return new Resolution(resolved, Assembly.provenance(draft, resolved.toJson()), draft.notices, documents);
    }

    private static Resolution strictest(String why) {
        ResolvedPolicy policy = ResolvedPolicy.strictest();
        return new Resolution(policy, Assembly.builtin(policy.toJson()), List.of(why), List.of());
    }

    private static List<String> notices(ResolvedPolicy policy) {
        List<String> notices = new ArrayList<>();
        if (policy.mode() == Mode.AUDIT) {
            notices.add("mode audit: decisions are recorded and do not hold");
        }
        if (policy.network().mode() == NetworkMode.ONLINE
                && !policy.network().deny().isEmpty()) {
            notices.add("network.deny: not enforced in mode online, which has the host's network");
        }
        return notices;
    }

    private static String notice(PolicyException exception, Instant now) {
        String name = "exception " + exception.metadata().name();
        if (exception.isBefore(now)) {
            return name + ": begins at " + exception.metadata().created() + ", owner " + exception.owner();
        }
        return exception.inForceAt(now)
                ? name + ": in force until " + exception.until() + ", owner " + exception.owner() + ": "
                        + exception.reason()
                : name + ": expired at " + exception.until() + " and has no effect, owner " + exception.owner();
    }

    private static AppliedDocument applied(PublishedDocument published) {
        return new AppliedDocument(
                published.target(),
                published.document().kind(),
                published.document().metadata().name().value(),
                published.revision(),
                published.digest());
    }
}
