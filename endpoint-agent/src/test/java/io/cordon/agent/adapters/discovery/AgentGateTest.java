package io.cordon.agent.adapters.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentGateTest {
    @TempDir
    Path dir;

    private final Map<Long, LocalProcesses.Process> running = new java.util.HashMap<>();
    private final AgentGate gate = new AgentGate(
            new LocalProcesses() {
                @Override
                public List<Process> all() {
                    return List.copyOf(running.values());
                }

                @Override
                public Optional<Process> of(long pid) {
                    return Optional.ofNullable(running.get(pid));
                }

                /** Each process is the child of the one with the number below. */
                @Override
                public List<Long> lineage(long pid) {
                    return LongStream.iterate(pid, each -> each > 0, each -> each - 1)
                            .boxed()
                            .toList();
                }
            },
            false);

    private Path bin;

    @BeforeEach
    void install() throws IOException {
        dir = dir.toRealPath();
        bin = Files.createDirectories(dir.resolve("bin"));
        Path modules = dir.resolve("lib/node_modules");
        npm(modules, "@openai/codex", "0.169.0", "bin/codex.js");
        npm(modules, "@google/gemini-cli", "0.61.0", "bundle/gemini.js");
        Files.createSymbolicLink(bin.resolve("codex"), modules.resolve("@openai/codex/bin/codex.js"));
        Files.createSymbolicLink(bin.resolve("other-name"), modules.resolve("@openai/codex/bin/codex.js"));
        Files.createSymbolicLink(bin.resolve("gemini"), modules.resolve("@google/gemini-cli/bundle/gemini.js"));
        program(bin.resolve("goose"));
        program(bin.resolve("crush"));
        program(bin.resolve("claude"));
        program(bin.resolve("ls"));
        program(bin.resolve("node"));
    }

    private static void npm(Path modules, String name, String version, String program) throws IOException {
        Path file = modules.resolve(name).resolve(program);
        Files.createDirectories(file.getParent());
        program(file);
        Files.writeString(
                modules.resolve(name).resolve("package.json"),
                "{\"name\":\"" + name + "\",\"version\":\"" + version + "\"}");
    }

    private static void program(Path file) throws IOException {
        Files.writeString(file, "#!/bin/sh\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Agents.AgentRules rules(Decision use, String minVersion) {
        return new Agents.AgentRules(
                use,
                Optional.of(minVersion).filter(version -> !version.isEmpty()),
                Agents.Approvals.CONTAINED,
                Decision.DENY,
                Optional.empty(),
                false);
    }

    private static Agents agents(Decision unlisted, Map<String, Agents.AgentRules> named) {
        return new Agents(unlisted, 0, named);
    }

    private String judge(Agents rules, String... argv) {
        return gate.command(rules, List.of(List.of(argv)), dir.toString(), Map.of("PATH", "/nowhere:" + bin))
                .map(refusal -> refusal.rule() + " " + refusal.reason())
                .orElse("");
    }

    @Test
    void refusesTheAgentThatPolicyDenies() {
        Agents rules = agents(Decision.ALLOW, Map.of("codex", rules(Decision.DENY, "")));
        assertEquals("agents:codex Codex may not be used here", judge(rules, "codex", "exec"));
        assertEquals("agents:codex Codex may not be used here", judge(rules, bin + "/codex"));
        assertEquals("agents:codex Codex may not be used here", judge(rules, "./bin/codex"));
        assertEquals("agents:codex Codex may not be used here", judge(rules, "other-name"));
        assertEquals("", judge(rules, "gemini"));
        assertEquals("", judge(rules, "ls"));
        assertEquals("", judge(rules, "no-such-program"));
    }

    @Test
    void refusesWhatPolicyDoesNotList() {
        Agents rules = agents(Decision.DENY, Map.of("codex", rules(Decision.ALLOW, "")));
        assertEquals("", judge(rules, "codex"));
        assertEquals(
                "agents:gemini Gemini CLI is a coding agent that the policy does not list", judge(rules, "gemini"));
        assertEquals("agents:crush Crush is a coding agent that the policy does not list", judge(rules, "crush"));
        assertEquals("", judge(rules, "goose"), "a file name that other programs have too");
    }

    @Test
    void refusesWhatIsTooOldByNumber() {
        assertEquals("", judge(least("0.169"), "codex"));
        assertEquals("", judge(least("0.99.9"), "codex"));
        assertEquals(
                "agents:codex Codex 0.169.0 is too old; 0.170 or newer may be used", judge(least("0.170"), "codex"));
    }

    private static Agents least(String version) {
        return agents(Decision.ALLOW, Map.of("codex", rules(Decision.ALLOW, version)));
    }

    @Test
    void refusesAnUnknownVersionWhereOneIsAsked() throws IOException {
        Agents rules = agents(Decision.ALLOW, Map.of("claudeCode", rules(Decision.ALLOW, "2.1")));
        String refusal = judge(rules, "claude");
        assertTrue(refusal.startsWith("agents:claude-code the version of this Claude Code cannot be told"), refusal);
        Path file = dir.resolve("lib/node_modules/@openai/codex/package.json");
        Files.writeString(file, "{");
        assertTrue(judge(least("0.1"), "codex").contains("cannot be told"));
        Files.delete(file);
        Files.createSymbolicLink(file, dir.resolve("lib/node_modules/@google/gemini-cli/package.json"));
        assertTrue(judge(least("0.1"), "codex").contains("cannot be told"));
    }

    @Test
    void seesThroughInterpretersAndRunners() {
        Agents rules = agents(Decision.ALLOW, Map.of("codex", rules(Decision.DENY, "")));
        assertEquals(
                "agents:codex Codex may not be used here",
                judge(rules, "node", "--import", "x", "lib/node_modules/@openai/codex/bin/codex.js"));
        assertEquals("agents:codex Codex may not be used here", judge(rules, "npx", "-y", "@openai/codex@latest"));
        assertEquals("", judge(rules, "node", "-e", "codex"));
        assertTrue(judge(least("0.200"), "npx", "@openai/codex@0.199.1").contains("too old"));
        assertTrue(judge(least("0.200"), "npx", "@openai/codex").contains("cannot be told"));
    }

    @Test
    void knowsByNameWhatALineReachesElsewhere() {
        Agents rules = agents(Decision.ALLOW, Map.of("codex", rules(Decision.DENY, "")));
        assertEquals("agents:codex Codex may not be used here", judge(rules, "./after-cd/codex"));
        assertEquals("agents:codex Codex may not be used here", judge(rules, "node", "./after-cd/codex.js"));
        assertEquals("", judge(rules, "./after-cd/other"));
        assertTrue(
                judge(agents(Decision.DENY, Map.of()), "python3", "-m", "aider").isEmpty(), "no such program here");
        assertTrue(judge(agents(Decision.DENY, Map.of()), "/nowhere/python3", "-m", "aider")
                .startsWith("agents:aider"));
    }

    @Test
    void takesTheVersionOfAShimFromThePackagesBesideIt() throws IOException {
        Path npm = Files.createDirectories(dir.resolve("npm"));
        program(npm.resolve("codex"));
        npm(npm.resolve("node_modules"), "@openai/codex", "0.1.0", "bin/codex.js");
        assertTrue(judge(least("0.2"), npm + "/codex").contains("Codex 0.1.0 is too old"));
        assertEquals("", judge(least("0.1"), npm + "/codex"));
    }

    @Test
    void judgesEachCommandThatALineStarts() {
        Agents rules = agents(Decision.ALLOW, Map.of("codex", rules(Decision.DENY, "")));
        assertEquals(
                Optional.of("agents:codex"),
                gate.command(
                                rules,
                                List.of(
                                        List.of("bash", "-lc", "ls; codex"),
                                        List.of(),
                                        List.of("ls"),
                                        List.of("codex")),
                                dir.toString(),
                                Map.of("PATH", bin.toString()))
                        .map(AgentGate.Refusal::rule));
    }

    @Test
    void tellsWhichAgentACommandStarts() {
        Set<CodingAgent> wanted = Set.of(CodingAgent.GEMINI, CodingAgent.COPILOT);
        assertTrue(starts(wanted, List.of("gemini", "-p", "x")));
        assertTrue(starts(wanted, List.of("bash", "-c", "cd x && gemini"), List.of(), List.of("gemini")));
        assertTrue(starts(wanted, List.of("npx", "@github/copilot")));
        assertFalse(starts(wanted, List.of("codex")));
        assertFalse(starts(wanted, List.of("ls"), List.of("crush"), List.of("no-such-program")));
        assertFalse(starts(Set.of(), List.of("gemini")));
    }

    @SafeVarargs
    private boolean starts(Set<CodingAgent> wanted, List<String>... commands) {
        return gate.starts(wanted, List.of(commands), dir.toString(), Map.of("PATH", "/nowhere:" + bin));
    }

    @Test
    void looksAtNothingWherePolicyRestrictsNothing() {
        assertEquals("", judge(agents(Decision.ALLOW, Map.of("codex", rules(Decision.ALLOW, ""))), "codex"));
        assertEquals("", judge(Agents.NONE, "crush"));
    }

    @Test
    void judgesTheNearestAgentOfALineage() {
        running.put(3L, new LocalProcesses.Process("anna", "/usr/bin/bash", List.of()));
        running.put(
                2L,
                new LocalProcesses.Process(
                        "anna",
                        bin.resolve("node").toString(),
                        List.of(dir + "/lib/node_modules/@openai/codex/bin/codex.js")));
        running.put(1L, new LocalProcesses.Process("anna", "/usr/bin/crush", List.of()));
        assertEquals("agents:codex", caller(least("0.170"), CodingAgent.CODEX, 4));
        assertEquals("", caller(least("0.1"), CodingAgent.CODEX, 4));
        Agents unlisted = agents(Decision.DENY, Map.of("codex", rules(Decision.ALLOW, "")));
        assertEquals("", caller(unlisted, CodingAgent.CODEX, 4));
        assertEquals("agents:crush", caller(unlisted, CodingAgent.CODEX, 1));
    }

    @Test
    void whoCannotBeFoundAmongTheCallersHasNoVersion() {
        assertEquals("agents:codex", caller(least("0.1"), CodingAgent.CODEX, 3));
        assertEquals("", caller(least("0.1"), CodingAgent.GEMINI, 3));
        assertEquals("", caller(Agents.NONE, CodingAgent.CODEX, 3));
        running.put(1L, new LocalProcesses.Process("anna", "/usr/bin/crush", List.of()));
        assertEquals("agents:codex", caller(least("0.1"), CodingAgent.CODEX, 3));
    }

    private String caller(Agents rules, CodingAgent said, long pid) {
        return gate.caller(rules, said, pid).map(AgentGate.Refusal::rule).orElse("");
    }
}
