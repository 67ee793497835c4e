package io.cordon.server.policy;

import io.cordon.policy.document.Digest;
import io.cordon.policy.evaluate.Access;
import io.cordon.policy.evaluate.CommandDecision;
import io.cordon.policy.evaluate.Evaluator;
import io.cordon.policy.evaluate.HostDecision;
import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.evaluate.PathDecision;
import io.cordon.policy.model.Assignments;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.model.Metadata;
import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.model.SandboxPolicy;
import io.cordon.policy.model.Selector;
import io.cordon.policy.model.Source;
import io.cordon.policy.resolve.PolicySet;
import io.cordon.policy.resolve.PublishedDocument;
import io.cordon.policy.resolve.ResolvedPolicy;
import io.cordon.policy.resolve.Resolver;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Tries a policy out: what it would decide for one command, path or host, without any endpoint. */
final class PolicyEvaluation {
    /** What the anchors of paths stand for in a trial. */
    private static final PathContext CONTEXT = new PathContext(
            "linux", "/home/developer", "/home/developer/workspace", "/tmp", "/home/developer/workspace");

    private static final EndpointFacts ANYBODY = new EndpointFacts("trial", "linux", "trial", Set.of(), Map.of());

    private PolicyEvaluation() {}

    /** The decision and what made it. */
    @Schema(name = "PolicyDecision")
    public record Result(
            @Schema(required = true) PolicyViews.DecisionView decision,
            @Schema(required = true) String rule,
            @Schema(required = true) String reason) {}

    static Result evaluate(String source, PolicyRequests.Evaluate request, Instant now) {
        ResolvedPolicy policy = resolve(source, now);
        List<String> command = request.command();
        String path = request.path();
        String host = request.host();
        int asked = (command == null ? 0 : 1) + (path == null ? 0 : 1) + (host == null ? 0 : 1);
        if (asked != 1) {
            throw invalid("command, path, host: " + asked + " of them (expected: exactly one)");
        }
        if (command != null) {
            if (command.isEmpty()) {
                throw invalid("command: empty (expected: at least the program)");
            }
            CommandDecision decided = Evaluator.command(policy, command);
            return result(decided.decision(), decided.rule(), decided.reason());
        }
        if (path != null) {
            Access access = request.access() == PolicyRequests.PathAccess.write ? Access.WRITE : Access.READ;
            PathDecision decided = Evaluator.path(policy, CONTEXT, path, access);
            return result(decided.decision(), decided.rule(), decided.reason());
        }
        Integer port = request.port();
        if (port == null || port < 1 || port > 65_535) {
            throw invalid("port: " + port + " (expected: 1 to 65535 with a host)");
        }
        HostDecision decided = Evaluator.host(policy, require(host), port);
        return result(decided.decision(), decided.rule(), decided.reason());
    }

    private static String require(@Nullable String host) {
        if (host == null) {
            throw new IllegalStateException("host: absent (expected: checked before)");
        }
        return host;
    }

    private static Result result(Decision decision, String rule, String reason) {
        return new Result(new PolicyViews.DecisionView(decision.name().toLowerCase(Locale.ROOT)), rule, reason);
    }

    /** The policy alone, as an endpoint would resolve it to which it is assigned. */
    private static ResolvedPolicy resolve(String source, Instant now) {
        PolicyDocument document = SourceReader.require(source);
        if (!(document instanceof SandboxPolicy)) {
            throw invalid("kind: " + document.kind().word()
                    + " (expected: SandboxPolicy; the other kinds decide nothing by themselves)");
        }
        Metadata metadata = new Metadata(Assignments.NAME, "trial", "", "", null);
        Assignments everybody = new Assignments(
                metadata,
                new Source("trial", Map.of()),
                List.of(new Assignments.AssignmentRule(
                        Selector.EVERYTHING, document.metadata().name())));
        Digest digest = Digest.of(source.getBytes(StandardCharsets.UTF_8));
        PolicySet set = PolicySet.of(List.of(
                new PublishedDocument(document.targetPath(), 1, digest, document),
                new PublishedDocument(everybody.targetPath(), 1, digest, everybody)));
        return Resolver.resolve(set, ANYBODY, now).policy();
    }

    private static Problem invalid(String detail) {
        return Problem.of(ProblemCode.PLATFORM_INVALID, detail);
    }
}
