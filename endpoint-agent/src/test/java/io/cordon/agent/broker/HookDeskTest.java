package io.cordon.agent.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.discovery.AgentGate;
import io.cordon.agent.os.Account;
import io.cordon.agent.os.Caller;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.MemoryFileAccess;
import io.cordon.agent.os.Principal;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import io.cordon.agent.testing.MutableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookDeskTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Principal ADA = new Principal("ada", new Account.Posix(1000, 1000, List.of()), "/home/ada");
    private static final Principal BOB = new Principal("bob", new Account.Posix(1001, 1001, List.of()), "/home/bob");
    private static final String REMEMBERING = Policies.USUAL + "agents: {rememberAsksMinutes: 10}\n";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-23T10:00:00Z"));
    private final PolicyInForce policies = new PolicyInForce();
    private final HookLog log = new HookLog();
    private final CallingProcess caller = new CallingProcess();
    private final HookDesk desk = new HookDesk(
            policies,
            new HookJudge(
                    new AgentGate(caller, false),
                    new CallerPaths(new MemoryFileAccess(List.of("/var/lib/cordon")), "linux")),
            log,
            "linux",
            "/usr/bin/cordon",
            clock,
            new Random(7));

    @BeforeEach
    void usual() {
        policies.replace(Policies.resolve(Policies.USUAL));
    }

    private static LocalRequest request(
            LocalRequest.Operation operation,
            Principal principal,
            @Nullable String session,
            @Nullable String toolCall,
            Map<String, String> args,
            List<String> argv) {
        return new LocalRequest(
                1,
                operation,
                new Caller(7, principal.account(), 1, "/usr/bin/cordon", 1000, 99),
                "/home/ada/project",
                argv,
                Map.of(),
                session,
                toolCall,
                null,
                null,
                args);
    }

    private JsonNode hook(Principal principal, String agent, String event, String input) throws Exception {
        LocalReply reply = desk.answer(
                request(
                        LocalRequest.Operation.HOOK,
                        principal,
                        null,
                        null,
                        Map.of("agent", agent, "event", event, "input", input),
                        List.of()),
                principal);
        assertEquals(0, reply.exit(), reply.stderr());
        return reply.stdout().isEmpty() ? JSON.createObjectNode() : JSON.readTree(reply.stdout());
    }

    private static ObjectNode input(String session, String toolCall, String tool) {
        return JSON.createObjectNode()
                .put("session_id", session)
                .put("tool_use_id", toolCall)
                .put("cwd", "/home/ada/project")
                .put("tool_name", tool);
    }

    private static String command(String session, String toolCall, String line) {
        ObjectNode input = input(session, toolCall, "Bash");
        input.putObject("tool_input").put("command", line).put("description", "because");
        return input.toString();
    }

    private static String tool(String tool, String field, String value) {
        ObjectNode input = input("s", "t", tool);
        input.putObject("tool_input").put(field, value);
        return input.toString();
    }

    /** Claude Code's decision, with its command and reason. */
    private JsonNode claude(String session, String toolCall, String line) throws Exception {
        return hook(ADA, "claude-code", "PreToolUse", command(session, toolCall, line))
                .path("hookSpecificOutput");
    }

    private JsonNode codex(String event, String toolCall, String line) throws Exception {
        return hook(ADA, "codex", event, command("s", toolCall, line)).path("hookSpecificOutput");
    }

    private static String decision(JsonNode answer) {
        return answer.path("permissionDecision").asText("none");
    }

    private static String rewritten(JsonNode answer) {
        return answer.path("updatedInput").path("command").asText();
    }

    private boolean approved(Principal principal, String session, String toolCall, String... argv) {
        return desk.approved(
                request(LocalRequest.Operation.RUN, principal, session, toolCall, Map.of(), List.of(argv)), principal);
    }

    private Object decided(String key) {
        return log.lastDecided().attributes().getOrDefault(key, "none");
    }

    @Test
    void anAllowedCommandRunsConfinedWithoutAQuestion() throws Exception {
        JsonNode answer = claude("s", "t", "ls -l");
        assertEquals("allow", decision(answer));
        assertEquals(
                "/usr/bin/cordon run --session s --tool-call t --reason because -- /bin/bash -c 'ls -l'",
                rewritten(answer));
        assertEquals("allow", decided("cordon.hook.decision"));
        assertEquals("default", decided("cordon.policy.rule"));
        assertEquals(4L, decided("cordon.policy.version"));
        AgentEvent told = log.told.get(0);
        assertEquals("t", told.toolCall());
        assertEquals("because", told.content().get("cordon.stated_reason"));
        assertTrue(
                String.valueOf(told.content().get("gen_ai.tool.call.arguments")).contains("ls -l"));
    }

    @Test
    void aDeniedCommandSaysWhichRuleAndWhomToAsk() throws Exception {
        JsonNode answer = claude("s", "t", "cd x && git push --force");
        assertEquals("deny", decision(answer));
        assertTrue(answer.path("permissionDecisionReason").asText().contains("no-force-push"));
        assertTrue(answer.path("permissionDecisionReason").asText().contains("ask@example.com"));
        assertEquals("deny", decided("cordon.hook.decision"));
        assertEquals("no-force-push", decided("cordon.policy.rule"));
        assertFalse(answer.has("updatedInput"));
    }

    @Test
    void whatIsAskedRunsConfinedOnceAllowed() throws Exception {
        JsonNode answer = claude("s", "t", "deploy now");
        assertEquals("ask", decision(answer));
        assertTrue(rewritten(answer).startsWith("/usr/bin/cordon run --asked --session s --tool-call t "));
        assertEquals("ask", decided("cordon.hook.decision"));
        assertFalse(approved(ADA, "s", "t", "/bin/bash", "-c", "deploy other"), "other arguments");
        assertFalse(approved(ADA, "s", "u", "/bin/bash", "-c", "deploy now"), "another call");
        assertFalse(approved(ADA, "r", "t", "/bin/bash", "-c", "deploy now"), "another session");
        assertFalse(approved(BOB, "s", "t", "/bin/bash", "-c", "deploy now"), "another account");
        clock.advance(Duration.ofSeconds(3));
        assertTrue(approved(ADA, "s", "t", "/bin/bash", "-c", "deploy now"));
        assertFalse(approved(ADA, "s", "t", "/bin/bash", "-c", "deploy now"), "a second time");
        assertEquals(List.of("allowed"), log.outcomes());
        AgentEvent outcome = log.told.get(log.told.size() - 1);
        assertEquals(3000L, outcome.attributes().get("cordon.ask.duration_ms"));
        assertEquals("deploy-asks", outcome.attributes().get("cordon.policy.rule"));
    }

    @Test
    void aQuestionDoesNotWaitForEver() throws Exception {
        claude("s", "t", "deploy now");
        clock.advance(Duration.ofMinutes(61));
        assertFalse(approved(ADA, "s", "t", "/bin/bash", "-c", "deploy now"));
    }

    @Test
    void anotherPolicyForgetsWhatWasAllowed() throws Exception {
        policies.replace(Policies.resolve(REMEMBERING));
        claude("s", "t", "deploy now");
        policies.replace(Policies.resolve(Policies.USUAL));
        assertFalse(approved(ADA, "s", "t", "/bin/bash", "-c", "deploy now"));
        assertEquals(List.of("unanswered"), log.outcomes());
    }

    @Test
    void whatWasAllowedIsNotAskedAgainWithinTheTimeOfThePolicy() throws Exception {
        policies.replace(Policies.resolve(REMEMBERING));
        claude("s", "t1", "deploy now");
        assertEquals("ask", decision(claude("s", "t2", "deploy now")), "not answered yet");
        assertTrue(approved(ADA, "s", "t2", "/bin/bash", "-c", "deploy now"));
        JsonNode again = claude("s", "t3", " deploy now ");
        assertEquals("allow", decision(again));
        assertFalse(rewritten(again).contains("--asked"));
        assertEquals("remembered", decided("cordon.ask.outcome"));
        assertTrue(
                approved(ADA, "s", "t3", "/bin/bash", "-c", " deploy now "), "a rule that prompts is satisfied, too");
        assertEquals("ask", decision(claude("other", "t4", "deploy now")), "another session");
        assertEquals("ask", decision(claude("s", "t5", "deploy later")), "another command");
        ObjectNode elsewhere = (ObjectNode) JSON.readTree(command("s", "t6", "deploy now"));
        String other = elsewhere.put("cwd", "/home/ada/other").toString();
        assertEquals(
                "ask",
                decision(hook(ADA, "claude-code", "PreToolUse", other).path("hookSpecificOutput")),
                "where the same words may run another program");
        clock.advance(Duration.ofMinutes(11));
        assertEquals("ask", decision(claude("s", "t7", "deploy now")), "too late");
    }

    @Test
    void withoutATimeInThePolicyNothingIsRemembered() throws Exception {
        claude("s", "t1", "deploy now");
        assertTrue(approved(ADA, "s", "t1", "/bin/bash", "-c", "deploy now"));
        assertEquals("ask", decision(claude("s", "t2", "deploy now")));
    }

    @Test
    void outcomesAreToldByWhatComesNext() throws Exception {
        claude("s", "t1", "deploy a");
        hook(ADA, "claude-code", "PermissionDenied", command("s", "t1", "deploy a"));
        claude("s", "t2", "deploy b");
        hook(ADA, "claude-code", "UserPromptSubmit", "{\"session_id\":\"s\",\"prompt\":\"no, do this\"}");
        claude("s", "t3", "deploy c");
        hook(ADA, "claude-code", "SessionEnd", "{\"session_id\":\"other\"}");
        hook(ADA, "claude-code", "SessionEnd", "{\"session_id\":\"s\"}");
        assertEquals(List.of("denied", "denied", "unanswered"), log.outcomes());
    }

    @Test
    void codexHasItsModelAskAndOnlyItsDialogGrantsTheRun() throws Exception {
        JsonNode first = codex("PreToolUse", "t1", "deploy now");
        assertEquals("deny", decision(first));
        assertTrue(first.path("permissionDecisionReason").asText().contains("require_escalated"));
        JsonNode second = codex("PreToolUse", "t2", "deploy now");
        assertEquals("allow", decision(second));
        assertTrue(rewritten(second).startsWith("/usr/bin/cordon run --asked --session s --tool-call t2 "));
        assertEquals("ask", decided("cordon.hook.decision"));
        assertFalse(approved(ADA, "s", "t2", "/bin/bash", "-lc", "deploy now"), "no dialog was shown");
        assertTrue(codex("PermissionRequest", "t2", rewritten(second)).isMissingNode(), "left to the developer");
        assertTrue(approved(ADA, "s", "t2", "/bin/bash", "-lc", "deploy now"));
        assertEquals("deny", decision(codex("PreToolUse", "t3", "deploy now")), "told anew each time");
    }

    private JsonNode copilot(String event, String line) throws Exception {
        ObjectNode input = JSON.createObjectNode().put("sessionId", "s").put("toolName", "bash");
        input.putObject(event.equals("permissionRequest") ? "toolInput" : "toolArgs")
                .put("command", line)
                .put("description", "because");
        return hook(ADA, "copilot", event, input.toString());
    }

    /** On an ask it would forget the changed arguments, and run the command outside of any boundary. */
    @Test
    void copilotIsAskedByItsSettingsAndRunsNothingThatIsNotConfined() throws Exception {
        for (String approvals : List.of("contained", "always")) {
            policies.replace(Policies.resolve(
                    Policies.USUAL + "agents: {rememberAsksMinutes: 5, copilot: {approvals: " + approvals + "}}\n"));
            JsonNode answer = copilot("preToolUse", "deploy now");
            assertEquals("none", decision(answer));
            assertEquals("ask", decided("cordon.hook.decision"));
            JsonNode instead = answer.path("modifiedArgs");
            String line = instead.path("command").asText();
            assertEquals(
                    "It changes production. because",
                    instead.path("description").asText());
            assertTrue(line.startsWith("/usr/bin/cordon run --asked --session s "), line);
            assertTrue(line.contains(" --reason because "), line);
            String id = log.lastDecided().toolCall();
            assertFalse(approved(ADA, "s", id, "/bin/bash", "-c", "deploy now"), "nobody is about to be asked");
            assertEquals(
                    "deny",
                    copilot("permissionRequest", "deploy now").path("behavior").asText(),
                    "without the boundary");
            assertEquals(0, copilot("permissionRequest", line).size(), "left to the developer");
            assertTrue(approved(ADA, "s", id, "/bin/bash", "-c", "deploy now"));
            JsonNode remembered = copilot("preToolUse", "deploy now");
            assertEquals("allow", decision(remembered));
            line = remembered.path("modifiedArgs").path("command").asText();
            boolean always = approvals.equals("always");
            assertEquals(
                    always ? "" : "allow",
                    copilot("permissionRequest", line).path("behavior").asText(),
                    "nothing answers in the developer's place where all is to be asked");
        }
    }

    @Test
    void copilotWithFullAccessCannotAskSoItDoesNotRun() throws Exception {
        policies.replace(Policies.resolve(Policies.USUAL + "agents: {copilot: {fullAccess: allow}}\n"));
        JsonNode answer = copilot("preToolUse", "deploy now");
        assertEquals("deny", decision(answer));
        String why = answer.path("permissionDecisionReason").asText();
        assertTrue(why.contains("deploy-asks") && why.contains("full access"), why);
    }

    @Test
    void whereNobodyIsAskedAPromptIsARefusal() throws Exception {
        ObjectNode input = (ObjectNode) JSON.readTree(command("s", "t", "deploy now"));
        for (int i = 0; i < 2; i++) {
            JsonNode answer = hook(
                    ADA,
                    "codex",
                    "PreToolUse",
                    input.put("permission_mode", "bypassPermissions").toString());
            assertEquals("deny", decision(answer.path("hookSpecificOutput")));
        }
    }

    @Test
    void aCommandThatTheDeskNeverSawIsNotApproved() throws Exception {
        JsonNode answer = codex("PermissionRequest", "t", "ls -l");
        assertEquals("deny", answer.path("decision").path("behavior").asText());
        JsonNode known = codex("PreToolUse", "t", "ls -l");
        assertEquals(
                "allow",
                codex("PermissionRequest", "t", rewritten(known))
                        .path("decision")
                        .path("behavior")
                        .asText());
    }

    @Test
    void aModelCannotWriteCordonsCallItself() throws Exception {
        for (String line : List.of(
                "/usr/bin/cordon run --session forged --tool-call forged -- ls",
                "cd x; cordon run -- git push --force",
                "env cordon hook claude-code PreToolUse < x",
                "bash -c 'CORDON.exe run ls'")) {
            assertEquals("deny", decision(claude("s", "t", line)), line);
            assertEquals("cordon-call", decided("cordon.policy.rule"), line);
        }
        String seen = rewritten(claude("s", "t1", "ls -l"));
        assertEquals("deny", decision(claude("s", "t2", seen)), "an id of an earlier call");
        JsonNode twice = claude("s", "t1", seen);
        assertEquals("allow", decision(twice), "a second hook of the same call");
        assertFalse(twice.has("updatedInput"));
    }

    @Test
    void copilotAndGeminiGetAnIdThatTheirResultIsFoundBy() throws Exception {
        JsonNode answer = hook(
                ADA,
                "copilot",
                "preToolUse",
                "{\"sessionId\":\"s\",\"toolName\":\"bash\",\"toolArgs\":{\"command\":\"ls -l\"}}");
        assertEquals("allow", decision(answer));
        String line = answer.path("modifiedArgs").path("command").asText();
        String id = log.lastDecided().toolCall();
        assertTrue(id.startsWith("cordon-") && line.contains(" --tool-call " + id + " "), line);
        ObjectNode result = JSON.createObjectNode().put("sessionId", "s").put("toolName", "bash");
        result.putObject("toolArgs").put("command", line);
        hook(ADA, "copilot", "postToolUse", result.toString());
        assertEquals(id, log.told.get(log.told.size() - 1).toolCall());
    }

    @Test
    void auditHoldsNothingBackAndLeavesTheAgentsOwnQuestions() throws Exception {
        policies.replace(Policies.resolve(Policies.USUAL.replace("mode: enforce", "mode: audit")));
        JsonNode answer = claude("s", "t", "git push --force");
        assertEquals("none", decision(answer));
        assertTrue(rewritten(answer).startsWith("/usr/bin/cordon run --session s "));
        assertEquals("no-force-push", decided("cordon.policy.rule"));
        assertEquals(false, decided("cordon.enforced"));
        assertTrue(codex("PreToolUse", "t", "git push --force").isMissingNode());
        assertTrue(hook(ADA, "claude-code", "PreToolUse", "{").isEmpty());
        assertTrue(hook(ADA, "claude-code", "PreToolUse", tool("Read", "file_path", "~/.ssh/id"))
                .isEmpty());
    }

    @Test
    void anAgentThatMayNotBeUsedGetsNoTool() throws Exception {
        policies.replace(
                Policies.resolve(Policies.USUAL + "agents: {unlisted: deny, codex: {}, gemini: {use: deny}}\n"));
        assertEquals("deny", decision(claude("s", "t", "ls")));
        assertEquals("agent-use", decided("cordon.policy.rule"));
        assertEquals(
                "deny",
                hook(ADA, "gemini", "BeforeTool", tool("write_todos", "x", "y"))
                        .path("decision")
                        .asText());
        assertEquals("allow", decision(codex("PreToolUse", "t", "ls")));
    }

    @Test
    void anAgentThatIsTooOldOrCannotTellItsVersionGetsNoTool(@TempDir Path folder) throws Exception {
        String least = Policies.USUAL + "agents: {codex: {minVersion: \"0.170\"}, claudeCode: {}}\n";
        policies.replace(Policies.resolve(least));
        assertEquals("deny", decision(codex("PreToolUse", "t", "ls")));
        assertEquals("agents:codex", decided("cordon.policy.rule"));
        assertEquals("allow", decision(claude("s", "t", "ls")), "nothing is asked of its version");

        Path program = folder.toRealPath().resolve("node_modules/@openai/codex/bin/codex");
        Files.createDirectories(program.getParent());
        Path description = program.resolveSibling("../package.json").normalize();
        caller.is(program);
        Files.writeString(description, "{\"name\":\"@openai/codex\",\"version\":\"0.169.0\"}");
        JsonNode old = codex("PreToolUse", "t", "ls");
        assertEquals("deny", decision(old));
        assertTrue(old.path("permissionDecisionReason").asText().contains("Codex 0.169.0 is too old"), old.toString());
        assertEquals("deny", decision(codex("PreToolUse", "t", "git push --force")));
        assertEquals("no-force-push", decided("cordon.policy.rule"));
        Files.writeString(description, "{\"name\":\"@openai/codex\",\"version\":\"0.170.1\"}");
        assertEquals("allow", decision(codex("PreToolUse", "t", "ls")));

        Files.delete(description);
        policies.replace(Policies.resolve(least.replace("mode: enforce", "mode: audit")));
        assertTrue(codex("PreToolUse", "t", "ls").isMissingNode(), "audit holds nothing back");
        assertEquals("agents:codex", decided("cordon.policy.rule"));
        assertEquals(false, decided("cordon.enforced"));
    }

    @Test
    void filesFollowThePolicyAndTheirLinks(@TempDir Path folder) throws Exception {
        for (var each : Map.of(
                        tool("Read", "file_path", "/home/ada/.ssh/id"), "deny",
                        tool("Read", "file_path", "../.ssh/id"), "deny",
                        tool("Read", "file_path", "/etc/hostname"), "none",
                        tool("Write", "file_path", "/etc/hostname"), "deny",
                        tool("Write", "file_path", "/home/ada/project/.git/hooks/pre-commit"), "deny",
                        tool("Write", "file_path", "/home/ada/project/src/x"), "none",
                        tool("Artifact", "file_path", "/home/ada/.ssh/notes.md"), "deny",
                        tool("Projects", "local_path", "../.ssh/notes.md"), "deny",
                        tool("REPL", "code", "1 + 1"), "deny",
                        tool("NotebookEdit", "file_path", "/x"), "deny")
                .entrySet()) {
            assertEquals(
                    each.getValue(),
                    decision(hook(ADA, "claude-code", "PreToolUse", each.getKey())
                            .path("hookSpecificOutput")),
                    each.getKey());
        }
        policies.replace(Policies.resolve(Policies.USUAL.replace("\"~/.ssh\"", "\"" + folder + "/secret\"")));
        Files.createDirectory(folder.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("way"), folder.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("round"), folder.resolve("round"));
        for (String path : List.of("way", "way/not-there", "secret/x", "round")) {
            String input = tool("Read", "file_path", folder.resolve(path).toString());
            assertEquals(
                    "deny",
                    decision(hook(ADA, "claude-code", "PreToolUse", input).path("hookSpecificOutput")),
                    path);
        }
    }

    private JsonNode gemini(String tool, String field, String value) throws Exception {
        return hook(ADA, "gemini", "BeforeTool", tool(tool, field, value));
    }

    @Test
    void pathsMeanWhatTheirVendorTakesThemFor() throws Exception {
        for (String head : List.of(
                "\u00a0*** Add File: .git/hooks/pre-commit",
                "*** Add File: x\r/../.git/hooks/pre-commit",
                "*** Add File: \u2003/../.git/hooks/pre-commit",
                "*** Add File:  .git/hooks/pre-commit")) {
            String patch = "*** Begin Patch\n*** Delete File: src/a\n" + head + "\n+x\n*** End Patch";
            JsonNode answer = hook(ADA, "codex", "PreToolUse", tool("apply_patch", "command", patch));
            assertEquals("deny", decision(answer.path("hookSpecificOutput")), head);
        }
        for (String path : List.of(" /home/ada/.ssh", "\ufeff~/.ssh", "/home/ada/.ssh\u00a0")) {
            JsonNode answer = hook(ADA, "claude-code", "PreToolUse", tool("Grep", "path", path));
            assertEquals("deny", decision(answer.path("hookSpecificOutput")), path);
        }
        for (String path : List.of("%2ecodex/config.toml", "%252ecodex/x", "@/.codex/x", "@.codex/x", "@%2ecodex/x")) {
            assertEquals(
                    "deny",
                    gemini("write_file", "file_path", path).path("decision").asText(),
                    path);
        }
        for (String path : List.of("src/50%.txt", "src/a+b", "@types/x.d.ts", "src/100%25")) {
            assertTrue(gemini("write_file", "file_path", path).isEmpty(), path);
        }
    }

    @Test
    void aSearchDoesNotReachWhatIsDeniedBelow(@TempDir Path folder) throws Exception {
        policies.replace(Policies.resolve(
                Policies.USUAL.replace("\"~/.ssh\"", "\"" + folder + "/a/secret\", \"" + folder + "/b/*.key\"")));
        Files.createDirectories(folder.resolve("a/secret"));
        Files.createDirectories(folder.resolve("b"));
        Files.createDirectories(folder.resolve("c"));
        Files.createSymbolicLink(folder.resolve("way"), folder.resolve("a"));
        for (String path : List.of("a", "", "b", "way")) {
            String input = tool("Grep", "path", folder.resolve(path).toString());
            JsonNode answer = hook(ADA, "claude-code", "PreToolUse", input);
            assertEquals("deny", decision(answer.path("hookSpecificOutput")), path);
        }
        assertTrue(decided("cordon.reason").toString().contains("lies below"));
        ObjectNode many = (ObjectNode) JSON.readTree(tool("read_many_files", "include", "SEC*/**"));
        many.put("cwd", folder.resolve("a").toString());
        assertEquals(
                "deny",
                hook(ADA, "gemini", "BeforeTool", many.toString())
                        .path("decision")
                        .asText());
        String copilot = "{\"sessionId\":\"s\",\"toolName\":\"grep\",\"toolArgs\":{\"path\":\"" + folder + "\"}}";
        assertEquals("deny", decision(hook(ADA, "copilot", "preToolUse", copilot)));

        ObjectNode very = (ObjectNode) JSON.readTree(tool("read_many_files", "x", "y"));
        var include = very.withObject("/tool_input").putArray("include");
        for (int i = 0; i < 1001; i++) {
            include.add("src/a");
        }
        assertEquals(
                "deny",
                hook(ADA, "gemini", "BeforeTool", very.toString())
                        .path("decision")
                        .asText());

        String elsewhere = tool("Grep", "path", folder.resolve("c").toString());
        assertTrue(hook(ADA, "claude-code", "PreToolUse", elsewhere).isEmpty());
        Files.delete(folder.resolve("a/secret"));
        String gone = tool("Grep", "path", folder.resolve("a").toString());
        assertTrue(hook(ADA, "claude-code", "PreToolUse", gone).isEmpty());
    }

    @Test
    void addressesMeanWhatTheirVendorTakesThemFor() throws Exception {
        policies.replace(Policies.resolve(Policies.USUAL.replace(
                "network: {mode: offline}", "network: {mode: proxy, allow: [{host: example.com}]}")));
        assertTrue(gemini("web_fetch", "prompt", "Sum up https://example.com/a and \"https://example.com/b\".")
                .isEmpty());
        assertTrue(gemini("web_fetch", "url", "https://example.com/a").isEmpty());
        for (String word : List.of(
                "http:evil.test/://",
                "https:\\\\evil.test/://",
                "https://example.com\"@evil.test/",
                "https://example.com<@evil.test/",
                "x\ufeffhttp:evil.test/://",
                "\u0001http:evil.test/://")) {
            String prompt = "Sum up https://example.com/a " + word;
            assertEquals(
                    "deny",
                    gemini("web_fetch", "prompt", prompt).path("decision").asText(),
                    word);
        }
        String split = "h\nttps://evil.test/ https://example.com/a";
        assertEquals("deny", gemini("web_fetch", "url", split).path("decision").asText());
    }

    @Test
    void patchesAndAddressesAndServers() throws Exception {
        String patch = "*** Begin Patch\n*** Update File: src/a\n*** Move to: .git/hooks/a\n*** End Patch";
        JsonNode answer = hook(ADA, "codex", "PreToolUse", tool("apply_patch", "command", patch));
        assertEquals("deny", decision(answer.path("hookSpecificOutput")));
        assertEquals("protected:${workspace}/.git/hooks", decided("cordon.policy.rule"));
        hook(ADA, "claude-code", "PreToolUse", tool("WebFetch", "url", "https://example.com/x"));
        assertEquals("deny", decided("cordon.hook.decision"));
        assertEquals("network-offline", decided("cordon.policy.rule"));
        String servers =
                "agents: {claudeCode: {mcpServers: {allow: [github]}}, copilot: {mcpServers: {allow: [github]}}}\n";
        policies.replace(Policies.resolve(Policies.USUAL + servers));
        hook(ADA, "claude-code", "PreToolUse", tool("mcp__github__list", "x", "y"));
        assertEquals("allow", decided("cordon.hook.decision"));
        hook(ADA, "claude-code", "PreToolUse", tool("mcp__githubber__list", "x", "y"));
        assertEquals("deny", decided("cordon.hook.decision"));
        hook(ADA, "copilot", "preToolUse", "{\"sessionId\":\"s\",\"toolName\":\"github-list\",\"toolArgs\":{}}");
        assertEquals("allow", decided("cordon.hook.decision"));
        hook(ADA, "copilot", "preToolUse", "{\"sessionId\":\"s\",\"toolName\":\"other-list\",\"toolArgs\":{}}");
        assertEquals("deny", decided("cordon.hook.decision"));
    }

    /** A name alone is anybody's, so that the agent asks; by its command, the settings hold it to the one that the policy means. */
    @Test
    void onlyAServerThatIsKnownByMoreThanItsNameIsAllowedInTheDevelopersPlace() throws Exception {
        String server = "{name: github, command: [/usr/bin/github-mcp]}";
        String call = tool("mcp__github__list", "x", "y");
        for (String agent : List.of("codex", "claude-code")) {
            String key = agent.equals("codex") ? "codex" : "claudeCode";
            String allowed = Policies.USUAL + "agents: {" + key + ": {mcpServers: {allow: [%s]}%s}}\n";
            policies.replace(Policies.resolve(allowed.formatted(server, "")));
            assertEquals(0, hook(ADA, agent, "PreToolUse", call).size());
            JsonNode answer = hook(ADA, agent, "PermissionRequest", call).path("hookSpecificOutput");
            assertEquals("allow", answer.path("decision").path("behavior").asText());
            assertEquals("mcp-server-identity", decided("cordon.policy.rule"));
            policies.replace(Policies.resolve(allowed.formatted("github", "")));
            assertEquals(0, hook(ADA, agent, "PermissionRequest", call).size());
            policies.replace(Policies.resolve(allowed.formatted("github, " + server, "")));
            assertEquals(0, hook(ADA, agent, "PermissionRequest", call).size());
            policies.replace(Policies.resolve(allowed.formatted(server, ", approvals: always")));
            assertEquals(0, hook(ADA, agent, "PermissionRequest", call).size());
            policies.replace(Policies.resolve(allowed.formatted(server, "").replace("mode: enforce", "mode: audit")));
            assertEquals(0, hook(ADA, agent, "PermissionRequest", call).size());
            policies.replace(Policies.resolve(allowed.formatted("other", "")));
            answer = hook(ADA, agent, "PermissionRequest", call).path("hookSpecificOutput");
            assertEquals("deny", answer.path("decision").path("behavior").asText());
        }
    }

    @Test
    void copilotAsksForAPermissionUnderAnotherName() throws Exception {
        policies.replace(Policies.resolve(Policies.USUAL + "agents: {copilot: {mcpServers: {allow: [github]}}}\n"));
        String asks = "{\"sessionId\":\"s\",\"toolName\":\"%s\",\"toolInput\":{}}";
        assertEquals(
                0,
                hook(ADA, "copilot", "permissionRequest", asks.formatted("github/list"))
                        .size());
        assertEquals(
                "deny",
                hook(ADA, "copilot", "permissionRequest", asks.formatted("github-two/list"))
                        .path("behavior")
                        .asText());
    }

    @Test
    void aPictureThatCannotBeReadIsNotLookedAt() throws Exception {
        hook(ADA, "codex", "PreToolUse", tool("view_image", "path", "/home/ada/.ssh/x.png"));
        assertEquals("deny", decided("cordon.hook.decision"));
        hook(ADA, "codex", "PreToolUse", tool("view_image", "path", "x.png"));
        assertEquals("allow", decided("cordon.hook.decision"));
    }

    @Test
    void whereThePolicyAsksAlwaysEveryCommandAndChangeIsAsked() throws Exception {
        policies.replace(Policies.resolve(Policies.USUAL + "agents: {claudeCode: {approvals: always}}\n"));
        JsonNode answer = claude("s", "t", "ls");
        assertEquals("ask", decision(answer));
        assertTrue(rewritten(answer).contains(" --asked "));
        assertTrue(approved(ADA, "s", "t", "/bin/bash", "-c", "ls"));
        hook(ADA, "claude-code", "PreToolUse", tool("Write", "file_path", "/home/ada/project/src/x"));
        assertEquals("ask", decided("cordon.hook.decision"));
        hook(ADA, "claude-code", "PreToolUse", tool("Read", "file_path", "/home/ada/project/src/x"));
        assertEquals("allow", decided("cordon.hook.decision"));
    }

    @Test
    void whatCannotBeReadIsDeniedAndRecorded() throws Exception {
        for (String text : List.of("", "[]", "{\"session_id\":\"s\",\"tool_name\":\"Bash\",\"tool_input\":{}}")) {
            assertEquals(
                    "deny",
                    decision(hook(ADA, "claude-code", "PreToolUse", text).path("hookSpecificOutput")),
                    text);
            assertEquals("unreadable-call", decided("cordon.policy.rule"));
        }
        assertTrue(hook(ADA, "claude-code", "PostToolUse", "[]").isEmpty());
        assertEquals(
                LocalReply.FAILED,
                desk.answer(
                                request(
                                        LocalRequest.Operation.HOOK,
                                        ADA,
                                        null,
                                        null,
                                        Map.of("agent", "cursor"),
                                        List.of()),
                                ADA)
                        .exit());
    }

    @Test
    void aCommandThatIsTooLongIsDenied() throws Exception {
        JsonNode answer = claude("s", "t", "echo " + "x".repeat(60_000) + "'".repeat(20_000) + "'".repeat(20_000));
        assertEquals("deny", decision(answer));
    }

    @Test
    void whatCannotBeRecordedIsDenied() throws Exception {
        log.full = true;
        assertEquals("deny", decision(claude("s", "t", "ls")));
        assertTrue(
                hook(ADA, "claude-code", "PostToolUse", command("s", "t", "ls")).isEmpty());
    }

    @Test
    void nobodyCanFillTheTable() throws Exception {
        for (int i = 0; i < 300; i++) {
            claude("s", "t" + i, "deploy " + i);
        }
        assertEquals(44, log.outcomes().size());
        assertFalse(approved(ADA, "s", "t0", "/bin/bash", "-c", "deploy 0"));
        assertTrue(approved(ADA, "s", "t299", "/bin/bash", "-c", "deploy 299"));
    }
}
