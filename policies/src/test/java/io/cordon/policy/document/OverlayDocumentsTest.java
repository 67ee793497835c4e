package io.cordon.policy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.Documents;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Assignments;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.PartialAgents;
import io.cordon.policy.model.PolicyException;
import io.cordon.policy.model.Tightening;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayDocumentsTest {

    private static final String EXCEPTION = """
            apiVersion: cordon.io/v1
            kind: Exception
            metadata: {name: build-7-docker, created: 2026-11-01T00:00:00Z}
            spec:
              owner: team-a@example.com
              reason: The image build needs the registry login.
              until: 2026-12-01T00:00:00Z
              endpoints: [endpoint-1]
              widen:
                filesystem: {read: {allow: ["~/.aws"]}}
            """;

    private static final String TIGHTENING = """
            apiVersion: cordon.io/v1
            kind: Tightening
            metadata: {name: incident-42}
            spec:
              appliesTo: {group: [engineering]}
              network: {mode: offline}
              commands:
                rules:
                  - id: no-npm
                    match: {argv: [npm]}
                    decision: deny
                    reason: See incident 42.
                    examples: {match: [npm install]}
            """;

    @Test
    void readsAnException() {
        PolicyException exception = assertInstanceOf(PolicyException.class, Documents.accepted(EXCEPTION));
        assertEquals(Instant.parse("2026-12-01T00:00:00Z"), exception.until());
        assertEquals(Set.of("endpoint-1"), exception.endpoints());
        assertEquals("exceptions/build-7-docker.yaml", exception.targetPath());
    }

    @Test
    void anExceptionLastsAtMostNinetyDays() {
        assertEquals(
                "until: 2027-01-30T00:00:01Z (expected: at most 90 days after metadata.created, 2027-01-30T00:00:00Z)",
                message(EXCEPTION.replace("2026-12-01T00:00:00Z", "2027-01-30T00:00:01Z")));
        Documents.accepted(EXCEPTION.replace("2026-12-01T00:00:00Z", "2027-01-30T00:00:00Z"));
        assertTrue(message(EXCEPTION.replace("2026-12-01", "2026-10-01")).contains("expected: after metadata.created"));
        assertTrue(message(EXCEPTION.replace("2026-12-01", "2026-02-31")).contains("expected: a date that exists"));
        assertEquals(
                "created: missing (expected: under metadata)",
                message(EXCEPTION.replace(", created: 2026-11-01T00:00:00Z", "")));
    }

    @Test
    void anExceptionOnlyAddsAllowRules() {
        String text = EXCEPTION + """
                    commands:
                      rules:
                        - {id: x, match: {argv: [x]}, decision: deny, reason: r, examples: {match: [x]}}
                """;
        assertEquals("decision: deny (expected: allow)", message(text));
    }

    @Test
    void readsATightening() {
        Tightening tightening = assertInstanceOf(Tightening.class, Documents.accepted(TIGHTENING));
        assertEquals("tightenings/incident-42.yaml", tightening.targetPath());
        assertEquals(1, tightening.rules().size());
    }

    @Test
    void aTighteningHasNoWayToWiden() {
        assertEquals(
                "decision: allow (expected: prompt | deny)",
                message(TIGHTENING.replace("decision: deny", "decision: allow")));
        assertEquals(
                "mode: audit (expected: enforce)",
                message(TIGHTENING.replace("  network:", "  mode: audit\n  network:")));
        assertEquals(
                "debugging: true (expected: false)",
                message(TIGHTENING.replace("  network:", "  process: {debugging: true}\n  network:")));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "unlisted: allow | unlisted: allow (expected: deny)",
                "rememberAsksMinutes: 481 | rememberAsksMinutes: 481 (expected: maximum 480)",
                "codex: {use: allow} | use: allow (expected: deny)",
                "codex: {approvals: contained} | approvals: contained (expected: always)",
                "codex: {fullAccess: allow} | fullAccess: allow (expected: deny)",
                "codex: {managedHooksOnly: false} | managedHooksOnly: false (expected: true)",
                "codex: {minVersion: latest} | minVersion: latest (expected: the lowest version",
                "codex: {mcpServers: {}} | allow: missing (expected: under mcpServers)",
                "codex: {mcpServers: {allow: [{name: a, command: [x], url: 'https://x'}]}} | mcpServers: a has a command and a url (expected: one of them)",
                "codex: {mcpServers: {allow: [], deny: [a]}} | deny: unknown field (expected: allow)",
                "codx: {} | codx: unknown field (expected: unlisted * rememberAsksMinutes * codex",
            })
    void aTighteningHasNoWayToWidenForAgents(String agents, String message) {
        List<Problem> problems = Documents.problems(withAgents("{" + agents + "}"));
        assertTrue(problems.get(0).message().startsWith(message.replace(" * ", " | ")), problems.toString());
        assertEquals(6, problems.get(0).line());
    }

    @Test
    void readsWhatATighteningSaysOfAgents() {
        PartialAgents agents = assertInstanceOf(
                        Tightening.class,
                        Documents.accepted(withAgents("{unlisted: deny, rememberAsksMinutes: 5, copilot: {},"
                                + " codex: {use: deny, minVersion: \"0.170\", approvals: always, fullAccess: deny,"
                                + " mcpServers: {allow: [a]}, managedHooksOnly: true}}")))
                .agents();
        assertEquals(Optional.of(Decision.DENY), agents.unlisted());
        assertEquals(Optional.of(5), agents.rememberAsksMinutes());
        assertEquals(
                Map.of(
                        "codex",
                        new PartialAgents.PartialRules(
                                Optional.of(Decision.DENY),
                                Optional.of("0.170"),
                                Optional.of(Agents.Approvals.ALWAYS),
                                Optional.of(Decision.DENY),
                                Optional.of(List.of(new Agents.McpServer("a", List.of(), Optional.empty()))),
                                Optional.of(true)),
                        "copilot",
                        new PartialAgents.PartialRules(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())),
                agents.byAgent());
    }

    @Test
    void anExceptionSaysNothingOfAgents() {
        assertTrue(message(EXCEPTION + "    agents: {codex: {}}\n").startsWith("agents: unknown field"));
    }

    private static String withAgents(String agents) {
        return TIGHTENING.replace("  network:", "  agents: " + agents + "\n  network:");
    }

    @Test
    void assignmentsHaveOneName() {
        String text = """
                apiVersion: cordon.io/v1
                kind: Assignments
                metadata: {name: assignments}
                spec: {rules: [{select: {tag: {team: [a]}}, policy: balanced}]}
                """;
        Assignments assignments = assertInstanceOf(Assignments.class, Documents.accepted(text));
        assertEquals("assignments.yaml", assignments.targetPath());
        assertTrue(assignments.rules().get(0).select().matches(Documents.ENDPOINT));
        assertEquals(
                "name: others (expected: assignments, there is one table)",
                message(text.replace("name: assignments", "name: others")));
    }

    private static String message(String text) {
        return Documents.problems(text).get(0).message();
    }
}
