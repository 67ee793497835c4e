package io.cordon.policy.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.Documents;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Decision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SPEC 3.4.1: what tightenings do to {@code agents}. */
class AgentsNarrowingTest {

    private static final String NAMING = """
            agents:
              rememberAsksMinutes: 30
              codex:
                minVersion: "0.150"
                fullAccess: allow
                mcpServers:
                  allow:
                    - a
                    - {name: b, command: [npx, b]}
                    - {name: c, url: "https://c"}
              copilot: {}
            """;

    /** A policy with that section, which begins in line 23. */
    private static String base(String agents) {
        return Documents.policy("allow", "") + agents.indent(2);
    }

    private static String tightening(String name, String agents) {
        return """
                apiVersion: cordon.io/v1
                kind: Tightening
                metadata: {name: %s}
                spec:
                  appliesTo: {}
                  agents:
                %s""".formatted(name, agents.indent(4));
    }

    private static Agents agents(String... texts) {
        return Documents.resolve("small", texts).policy().agents();
    }

    private static Agents.AgentRules rules(Agents agents, String agent) {
        return agents.rules(agent).orElseThrow();
    }

    @Test
    void theStricterValueHolds() {
        Agents agents = agents(base(NAMING), tightening("t", """
                        unlisted: deny
                        rememberAsksMinutes: 10
                        codex: {minVersion: "0.170", approvals: always, fullAccess: deny, managedHooksOnly: true}
                        copilot: {use: deny}
                        """));
        assertEquals(Decision.DENY, agents.unlisted());
        assertEquals(10, agents.rememberAsksMinutes());
        Agents.AgentRules codex = rules(agents, "codex");
        assertEquals(Optional.of("0.170"), codex.minVersion());
        assertEquals(Agents.Approvals.ALWAYS, codex.approvals());
        assertEquals(Decision.DENY, codex.fullAccess());
        assertTrue(codex.managedHooksOnly());
        assertEquals(Decision.ALLOW, agents.use("codex"), "the base names it");
        assertEquals(Decision.DENY, agents.use("copilot"));
        assertEquals(Decision.DENY, agents.use("gemini"));
        assertEquals(Set.of("codex", "copilot"), agents.byAgent().keySet());
    }

    @Test
    void whatIsStricterInTheBaseStays() {
        String base = base("""
                agents:
                  unlisted: deny
                  rememberAsksMinutes: 5
                  codex: {use: deny, minVersion: "1.10", approvals: always, mcpServers: {allow: []}, managedHooksOnly: true}
                """);
        assertEquals(agents(base), agents(base, tightening("t", """
                        rememberAsksMinutes: 6
                        codex: {minVersion: "1.9.9", mcpServers: {allow: [a]}}
                        """)));
    }

    @ParameterizedTest
    @CsvSource({"0.9, 0.150", "0.150.0, 0.150", "0.150.1, 0.150.1", "0.1000, 0.1000", "1, 1"})
    void theHigherVersionIsFoundNumberByNumber(String version, String expected) {
        Agents agents = agents(base(NAMING), tightening("t", "codex: {minVersion: \"" + version + "\"}"));
        assertEquals(Optional.of(expected), rules(agents, "codex").minVersion());
    }

    @Test
    void onlyServersThatBothAllowAndWriteAlikeStay() {
        Resolution resolution = Documents.resolve("small", base(NAMING), tightening("t", """
                        codex: {mcpServers: {allow: [{name: a, command: [a]}, {name: b, command: [npx, b]}, c]}}
                        copilot: {mcpServers: {allow: [d]}}
                        """));
        Agents agents = resolution.policy().agents();
        assertEquals(
                Optional.of(List.of(new Agents.McpServer("b", List.of("npx", "b"), Optional.empty()))),
                rules(agents, "codex").mcpServers());
        assertEquals(
                Optional.of(List.of(new Agents.McpServer("d", List.of(), Optional.empty()))),
                rules(agents, "copilot").mcpServers(),
                "none given means any");
        assertEquals(
                List.of(
                        "tightening t: a, as it is written here, is not in agents.codex.mcpServers.allow and has no effect",
                        "tightening t: c, as it is written here, is not in agents.codex.mcpServers.allow and has no effect"),
                resolution.notices());
    }

    @Test
    void anAgentThatTheBaseDoesNotNameIsManagedFromThenOn() {
        Resolution resolution = Documents.resolve(
                "small", base("agents: {}"), tightening("t", "codex: {minVersion: \"0.170\"}\ngemini: {}"));
        assertEquals(
                agents(base("agents: {codex: {minVersion: \"0.170\"}, gemini: {}}")),
                resolution.policy().agents(),
                "as if the base named it");
        assertEquals(
                List.of(
                        "tightening t: policy small does not name codex; its settings are managed from here on",
                        "tightening t: policy small does not name gemini; its settings are managed from here on"),
                resolution.notices());
    }

    @Test
    void namingADeniedUnlistedAgentNeverAllowsIt() {
        Resolution resolution = Documents.resolve(
                "small", base("agents: {unlisted: deny}"), tightening("t", "gemini: {minVersion: \"1\"}"));
        assertEquals(Decision.DENY, resolution.policy().agents().use("gemini"));
        assertEquals(
                List.of("tightening t: policy small does not name gemini, which stays denied"), resolution.notices());
    }

    @ParameterizedTest
    @CsvSource({"a, b", "b, a"})
    void whatOneTighteningDeniesAsUnlistedIsNotAllowedByAnotherThatNamesIt(String one, String other) {
        Agents agents = agents(
                base("agents: {codex: {}}"),
                tightening(one, "unlisted: deny\ncopilot: {}"),
                tightening(other, "gemini: {}"));
        assertEquals(Decision.DENY, agents.use("gemini"));
        assertEquals(Decision.ALLOW, agents.use("copilot"), "the one that denies unlisted agents names it");
        assertEquals(Decision.ALLOW, agents.use("codex"), "the base names it");
        assertEquals(Decision.DENY, agents.use("any other"));
    }

    @Test
    void everyLeafNamesTheLineThatSetIt() {
        Resolution resolution = Documents.resolve(
                "small", base(NAMING), tightening("a", """
                        unlisted: deny
                        codex:
                          minVersion: "0.170"
                          approvals: always
                          fullAccess: deny
                          mcpServers:
                            allow: [a]
                        claudeCode:
                          mcpServers:
                            allow:
                              - x
                          managedHooksOnly: true
                        """), tightening("b", "gemini: {}\nrememberAsksMinutes: 1"));
        assertEquals(
                """
                /agents/unlisted = deny: a.yaml:7
                /agents/rememberAsksMinutes = 1: b.yaml:8
                /agents/claudeCode/use = allow: a.yaml:14
                /agents/claudeCode/approvals = contained: a.yaml:14
                /agents/claudeCode/fullAccess = deny: a.yaml:14
                /agents/claudeCode/mcpServers/allow/0/name = x: a.yaml:17
                /agents/claudeCode/managedHooksOnly = true: a.yaml:18
                /agents/codex/use = allow: small.yaml:25
                /agents/codex/minVersion = 0.170: a.yaml:9
                /agents/codex/approvals = always: a.yaml:10
                /agents/codex/fullAccess = deny: a.yaml:11
                /agents/codex/mcpServers/allow/0/name = a: small.yaml:30
                /agents/codex/managedHooksOnly = false: small.yaml:25
                /agents/copilot/use = allow: small.yaml:33
                /agents/copilot/approvals = contained: small.yaml:33
                /agents/copilot/fullAccess = deny: small.yaml:33
                /agents/copilot/managedHooksOnly = false: small.yaml:33
                /agents/gemini/use = deny: a.yaml:7
                /agents/gemini/approvals = contained: b.yaml:7
                /agents/gemini/fullAccess = deny: b.yaml:7
                /agents/gemini/managedHooksOnly = false: b.yaml:7
                """,
                resolution.provenance().stream()
                        .filter(leaf -> leaf.pointer().startsWith("/agents"))
                        .map(leaf -> leaf.pointer() + " = " + leaf.value() + ": "
                                + leaf.target().replaceAll(".*/", "") + ":" + leaf.line() + "\n")
                        .collect(Collectors.joining()));
        assertEquals(
                resolution.policy(), ResolvedPolicy.fromJson(resolution.policy().toJson()));
    }

    @Test
    void serversThatNobodyHasInCommonLeaveAnEmptyListOfTheTightening() {
        Resolution resolution =
                Documents.resolve("small", base(NAMING), tightening("t", "codex: {mcpServers: {allow: [z]}}"));
        Provenance none = resolution.provenance().stream()
                .filter(leaf -> leaf.pointer().equals("/agents/codex/mcpServers/allow"))
                .findFirst()
                .orElseThrow();
        assertEquals("[] tightenings/t.yaml:7", none.value() + " " + none.target() + ":" + none.line());
    }

    @Test
    void whatNobodySaysOfAgentsIsBuiltIn() {
        Resolution resolution = Documents.resolve("small", Documents.policy("allow", ""), tightening("t", "{}"));
        assertEquals(
                List.of("{} builtin:0"),
                resolution.provenance().stream()
                        .filter(leaf -> leaf.pointer().startsWith("/agents"))
                        .map(leaf -> leaf.value() + " " + leaf.target() + ":" + leaf.line())
                        .toList());
    }
}
