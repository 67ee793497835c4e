package io.cordon.policy.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.Documents;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.model.PathPattern;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResolverTest {

    private static final String RULES = """
            - id: no-force-push
              match: {argv: [git, push], anyOf: ["--force"]}
              decision: deny
              reason: History is shared.
              examples: {match: ["git push --force"]}
            """;

    private static final String BASE = Documents.policy("allow", RULES);

    static String exception(String until, String widen) {
        return """
                apiVersion: cordon.io/v1
                kind: Exception
                metadata: {name: wider, created: 2026-11-01T00:00:00Z}
                spec:
                  owner: team-a@example.com
                  reason: The image build needs it.
                  until: %s
                  endpoints: [endpoint-1]
                  widen: %s
                """.formatted(until, widen);
    }

    static String tightening(String spec) {
        return """
                apiVersion: cordon.io/v1
                kind: Tightening
                metadata: {name: narrower}
                spec: {appliesTo: {group: [engineering]}%s}
                """.formatted(spec.isEmpty() ? "" : ", " + spec);
    }

    @Test
    void theFirstAssignmentThatMatchesDecides() {
        PolicySet set = PolicySet.of(List.of(Documents.published(BASE), Documents.published("""
                        apiVersion: cordon.io/v1
                        kind: Assignments
                        metadata: {name: assignments}
                        spec:
                          rules:
                            - {select: {os: [windows]}, policy: missing}
                            - {select: {host: ["build-*"], tag: {team: [a, b]}}, policy: small}
                            - {select: {}, policy: missing}
                        """)));
        assertEquals(
                "small",
                Resolver.resolve(set, Documents.ENDPOINT, Documents.NOW)
                        .policy()
                        .name());
        EndpointFacts other = new EndpointFacts("endpoint-2", "linux", "build-8", Set.of(), Map.of("team", "c"));
        Resolution missing = Resolver.resolve(set, other, Documents.NOW);
        assertEquals(ResolvedPolicy.strictest(), missing.policy());
        assertTrue(missing.notices().get(0).contains("names policy missing, which is not published"));
    }

    @Test
    void nothingAssignedMeansTheStrictest() {
        Resolution resolution = Resolver.resolve(PolicySet.of(List.of()), Documents.ENDPOINT, Documents.NOW);
        assertEquals(ResolvedPolicy.strictest(), resolution.policy());
        assertTrue(resolution.notices().get(0).startsWith("no assignment matches"));
        assertTrue(resolution.provenance().stream().allMatch(p -> p.kind().equals("builtin") && p.line() == 0));
        assertFalse(resolution.provenance().isEmpty());
    }

    @Test
    void everyLeafNamesTheDocumentAndLineThatSetIt() {
        Resolution resolution = Documents.resolve(
                "small",
                BASE,
                tightening("network: {mode: offline}, process: {limits: {processes: 7}}"),
                exception("2026-12-01T00:00:00Z", "{filesystem: {write: {roots: [\"~/x\"]}}}"));
        assertEquals("policies/small.yaml:7 base 3", at(resolution, "/filesystem/read/deny/1"));
        assertEquals("policies/small.yaml:24 base 3", at(resolution, "/commands/rules/0/decision"));
        assertEquals("tightenings/narrower.yaml:4 tightening 3", at(resolution, "/network/mode"));
        assertEquals("tightenings/narrower.yaml:4 tightening 3", at(resolution, "/process/limits/processes"));
        assertEquals("policies/small.yaml:15 base 3", at(resolution, "/process/limits/openFiles"));
        assertEquals("exceptions/wider.yaml:9 exception 3", at(resolution, "/filesystem/write/roots/2"));
        assertEquals("builtin:0 builtin 0", at(resolution, "/telemetry/retainDays"));
        assertEquals("policies/small.yaml:16 base 3", at(resolution, "/process/environment/set/A"));
        assertEquals(
                List.of("policies/small.yaml", "exceptions/wider.yaml", "tightenings/narrower.yaml"),
                resolution.documents().stream().map(AppliedDocument::target).toList());
    }

    @Test
    void aProxyIsWhatThePolicySays() {
        Resolution resolution = Documents.resolve("small", BASE);
        assertEquals(NetworkMode.PROXY, resolution.policy().network().mode());
        assertEquals(List.of(), resolution.notices());
    }

    @Test
    void methodsOfBaseAndTighteningMeet() {
        Resolution resolution = Documents.resolve(
                "small",
                BASE.replace("ports: [443]}]", "ports: [443], methods: [GET, POST]}]"),
                tightening("network: {allow: [{host: a.example.com, methods: [GET, HEAD]}]}"));
        assertEquals(
                List.of("a.example.com:443 GET"),
                resolution.policy().network().allow().stream()
                        .map(Object::toString)
                        .toList());
        assertEquals(
                resolution.policy(), ResolvedPolicy.fromJson(resolution.policy().toJson()));
    }

    @Test
    void aPolicyWithoutMethodsIsWrittenAsBeforeThereWereAny() {
        assertFalse(
                Documents.resolve("small", BASE).policy().toJson().toString().contains("methods"));
    }

    @Test
    void anExceptionWidensWhatItNames() {
        Resolution resolution = Documents.resolve(
                "small",
                BASE,
                exception(
                        "2026-12-01T00:00:00Z",
                        "{filesystem: {read: {allow: [\"~/.aws\", \"~/.gnupg\"]}, write: {unprotect: [\".git/hooks\"]}},"
                                + " network: {mode: online, undeny: [bad.example.com], loopback: {ports: [1]}},"
                                + " process: {limits: {processes: 200, openFiles: 50}, environment: {unwithhold: [\"*_TOKEN\"]}},"
                                + " commands: {unknown: allow, suspend: [no-force-push]}}"));
        ResolvedPolicy policy = resolution.policy();
        assertEquals(List.of(new PathPattern("~/.ssh")), policy.filesystem().readDeny());
        assertEquals(List.of(), policy.filesystem().protectedPaths());
        assertEquals(NetworkMode.ONLINE, policy.network().mode());
        assertEquals(List.of(), policy.network().deny());
        assertEquals(List.of(9999, 5432, 1), policy.network().loopbackPorts());
        assertEquals(200, policy.process().limits().processes());
        assertEquals(100, policy.process().limits().openFiles(), "a lower limit does not widen");
        assertEquals(List.of(), policy.process().environment().withhold());
        assertEquals(List.of(), policy.commands().rules());
        assertTrue(resolution
                .notices()
                .contains("exception wider: in force until 2026-12-01T00:00:00Z, owner"
                        + " team-a@example.com: The image build needs it."));
        assertTrue(resolution
                .notices()
                .contains("exception wider: ~/.gnupg is not in filesystem.read.deny and has no effect"));
    }

    @Test
    void anExceptionEndsAtItsEndAndHoldsOnlyForItsEndpoints() {
        String exception = exception("2026-11-23T12:00:00Z", "{network: {mode: online}}");
        Resolution expired = Documents.resolve("small", BASE, exception);
        assertEquals(NetworkMode.PROXY, expired.policy().network().mode());
        assertTrue(expired.notices().get(0).startsWith("exception wider: expired at 2026-11-23T12:00:00Z"));
        PolicySet set = Documents.set("small", BASE, exception);
        Instant before = Documents.NOW.minusNanos(1);
        assertEquals(
                NetworkMode.ONLINE,
                Resolver.resolve(set, Documents.ENDPOINT, before)
                        .policy()
                        .network()
                        .mode());
        EndpointFacts other = new EndpointFacts("endpoint-2", "linux", "h", Set.of(), Map.of());
        Resolution elsewhere = Resolver.resolve(set, other, before);
        assertEquals(NetworkMode.PROXY, elsewhere.policy().network().mode());
        assertEquals(1, elsewhere.documents().size());
    }

    @Test
    void anExceptionBeginsWhenItWasCreatedAndTheNextChangeIsKnown() {
        PolicySet set = Documents.set("small", BASE, exception("2026-12-01T00:00:00Z", "{network: {mode: online}}"));
        Instant created = Instant.parse("2026-11-01T00:00:00Z");
        Instant until = Instant.parse("2026-12-01T00:00:00Z");
        Resolution early = Resolver.resolve(set, Documents.ENDPOINT, created.minusNanos(1));
        assertEquals(NetworkMode.PROXY, early.policy().network().mode());
        assertTrue(early.notices().get(0).startsWith("exception wider: begins at 2026-11-01T00:00:00Z"));
        assertEquals(
                NetworkMode.ONLINE,
                Resolver.resolve(set, Documents.ENDPOINT, created)
                        .policy()
                        .network()
                        .mode());
        assertEquals(Optional.of(created), Resolver.nextChange(set, Documents.ENDPOINT, created.minusNanos(1)));
        assertEquals(Optional.of(until), Resolver.nextChange(set, Documents.ENDPOINT, created));
        assertEquals(Optional.empty(), Resolver.nextChange(set, Documents.ENDPOINT, until));
    }

    @Test
    void aTighteningStaysAboveAnException() {
        ResolvedPolicy policy = Documents.resolve(
                        "small",
                        BASE,
                        exception(
                                "2026-12-01T00:00:00Z",
                                "{network: {mode: online}, filesystem: {read: {allow: [\"~/.aws\"]}}}"),
                        tightening("network: {mode: offline}, filesystem: {read: {deny: [\"~/.aws\"]}}"))
                .policy();
        assertEquals(NetworkMode.OFFLINE, policy.network().mode());
        assertTrue(policy.filesystem().readDeny().contains(new PathPattern("~/.aws")));
    }

    @Test
    void aTighteningForOthersChangesNothing() {
        String other = tightening("network: {mode: offline}").replace("engineering", "sales");
        assertEquals(
                Documents.resolve("small", BASE).policy(),
                Documents.resolve("small", BASE, other).policy());
    }

    @Test
    void aNarrowerRootKeepsWhatWasProtectedBelowTheWiderOne() {
        ResolvedPolicy policy = Documents.resolve(
                        "small", BASE, tightening("filesystem: {write: {roots: [\"${workspace}/.git\"]}}"))
                .policy();
        assertEquals(
                List.of(new PathPattern("${workspace}/.git")),
                policy.filesystem().writeRoots());
        assertTrue(policy.filesystem().protectedPaths().contains(new PathPattern("${workspace}/.git/hooks")));
    }

    @Test
    void resolvedPoliciesRoundTripAndHaveOneDigest() {
        Resolution resolution = Documents.resolve(
                "small",
                BASE + "  agents: {unlisted: deny, rememberAsksMinutes: 30, gemini: {use: deny},"
                        + " codex: {minVersion: \"0.50\", approvals: always, fullAccess: allow, managedHooksOnly: true,"
                        + " mcpServers: {allow: [a, {name: b, command: [npx, b]}, {name: c, url: \"https://c\"}]}}}\n",
                tightening("commands: {rules: [{id: no-npm, match: {argv: [npm]}, decision: deny, reason: r,"
                        + " examples: {match: [npm]}}]}"));
        ResolvedPolicy policy = resolution.policy();
        assertEquals("narrower/no-npm", policy.commands().narrowing().get(0).id());
        assertEquals(Decision.DENY, policy.agents().use("gemini"));
        assertEquals(Decision.ALLOW, policy.agents().use("codex"));
        assertEquals(Decision.DENY, policy.agents().use("copilot"));
        Agents.AgentRules codex = policy.agents().rules("codex").orElseThrow();
        assertEquals(
                new Agents.AgentRules(
                        Decision.ALLOW,
                        Optional.of("0.50"),
                        Agents.Approvals.ALWAYS,
                        Decision.ALLOW,
                        Optional.of(List.of(
                                new Agents.McpServer("a", List.of(), Optional.empty()),
                                new Agents.McpServer("b", List.of("npx", "b"), Optional.empty()),
                                new Agents.McpServer("c", List.of(), Optional.of("https://c")))),
                        true),
                codex);
        assertEquals(policy, ResolvedPolicy.fromJson(policy.toJson()));
        assertEquals(policy.digest(), ResolvedPolicy.fromJson(policy.toJson()).digest());
        assertEquals(
                ResolvedPolicy.strictest(),
                ResolvedPolicy.fromJson(ResolvedPolicy.strictest().toJson()));
        assertThrows(
                IllegalArgumentException.class,
                () -> ResolvedPolicy.fromJson(policy.toJson().without("mode")));
    }

    @Test
    void aSetHasEachTargetOnceUnderItsName() {
        PublishedDocument base = Documents.published(BASE);
        assertThrows(IllegalArgumentException.class, () -> PolicySet.of(List.of(base, base)));
        PublishedDocument misnamed = new PublishedDocument("policies/other.yaml", 1, base.digest(), base.document());
        assertEquals(
                List.of("target: policies/other.yaml (expected: policies/small.yaml)"),
                PolicySet.inconsistencies(List.of(misnamed)));
    }

    private static String at(Resolution resolution, String pointer) {
        List<Provenance> found = resolution.provenance().stream()
                .filter(p -> p.pointer().equals(pointer))
                .toList();
        assertEquals(1, found.size(), pointer);
        Provenance p = found.get(0);
        return p.target() + ":" + p.line() + " " + p.kind() + " " + p.revision();
    }
}
