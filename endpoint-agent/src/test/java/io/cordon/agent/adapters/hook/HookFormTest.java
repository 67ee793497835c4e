package io.cordon.agent.adapters.hook;

import static io.cordon.agent.adapters.CodingAgent.CLAUDE_CODE;
import static io.cordon.agent.adapters.CodingAgent.CODEX;
import static io.cordon.agent.adapters.CodingAgent.COPILOT;
import static io.cordon.agent.adapters.CodingAgent.GEMINI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.os.LocalReply;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HookFormTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<CodingAgent, List<String>> EVENTS = Map.of(
            CODEX,
                    List.of(
                            "SessionStart",
                            "UserPromptSubmit",
                            "PreToolUse",
                            "PreToolUse-mcp",
                            "PreToolUse-view_image",
                            "PermissionRequest",
                            "PermissionRequest-mcp",
                            "PostToolUse",
                            "Stop",
                            "SessionEnd"),
            CLAUDE_CODE,
                    List.of(
                            "SessionStart",
                            "UserPromptSubmit",
                            "PreToolUse",
                            "PreToolUse-Read",
                            "PreToolUse-Write",
                            "PreToolUse-mcp",
                            "PostToolUse",
                            "PostToolUse-Read",
                            "PostToolUse-Write",
                            "PostToolUseFailure",
                            "Stop",
                            "SessionEnd"),
            GEMINI,
                    List.of(
                            "SessionStart",
                            "BeforeAgent",
                            "BeforeTool",
                            "BeforeTool-mcp",
                            "AfterTool",
                            "AfterTool-mcp",
                            "AfterAgent",
                            "SessionEnd"),
            COPILOT,
                    List.of(
                            "sessionStart",
                            "userPromptSubmitted",
                            "preToolUse",
                            "preToolUse-create",
                            "preToolUse-view",
                            "preToolUse-mcp",
                            "permissionRequest",
                            "permissionRequest-edit",
                            "permissionRequest-mcp",
                            "postToolUse",
                            "postToolUse-create",
                            "postToolUse-view",
                            "sessionEnd"));

    @Test
    void everythingThatWasRecordedIsRead() throws Exception {
        for (var each : EVENTS.entrySet()) {
            for (String name : each.getValue()) {
                HookCall call = Recorded.call(each.getKey(), name);
                assertEquals(each.getKey(), call.agent());
                assertTrue(call.event() != HookEvent.OTHER, name);
                assertFalse(call.session().isEmpty(), name);
                assertEquals("/home/ada/project", call.cwd(), name);
            }
        }
    }

    @Test
    void commandsOfAllVendors() throws Exception {
        for (var each : Map.of(
                        CODEX, "PreToolUse", CLAUDE_CODE, "PreToolUse", GEMINI, "BeforeTool", COPILOT, "preToolUse")
                .entrySet()) {
            HookCall call = Recorded.call(each.getKey(), each.getValue());
            assertEquals(HookEvent.BEFORE_TOOL, call.event());
            ToolUse.Command command = assertInstanceOf(ToolUse.Command.class, call.tool());
            assertEquals("echo hello && touch made", command.line());
            assertEquals(
                    List.of("/bin/bash", each.getKey() == CODEX ? "-lc" : "-c", "echo hello && touch made"),
                    command.argv());
            assertEquals(each.getKey() == CODEX ? null : "List files to see", call.reason());
        }
    }

    @Test
    void idsAsFarAsTheVendorTellsThem() throws Exception {
        HookCall codex = Recorded.call(CODEX, "PreToolUse");
        assertEquals("call_1", codex.toolCall());
        assertEquals("01a21607-ec3a-7e42-9817-209f3ff30253", codex.turn());
        assertEquals("toolu_01", Recorded.call(CLAUDE_CODE, "PreToolUse").toolCall());
        assertNull(Recorded.call(GEMINI, "BeforeTool").toolCall());
        assertNull(Recorded.call(COPILOT, "preToolUse").toolCall());
        assertFalse(codex.asks(), "codex exec asks nobody");
        assertTrue(Recorded.call(CODEX, "PermissionRequest").asks());
    }

    @Test
    void filesWebAndServers() throws Exception {
        assertEquals(
                new ToolUse.Files("Read", List.of(new ToolUse.FileUse("/home/ada/project/made", false))),
                Recorded.call(CLAUDE_CODE, "PreToolUse-Read").tool());
        assertEquals(
                new ToolUse.Files("Write", List.of(new ToolUse.FileUse("/home/ada/project/w.txt", true))),
                Recorded.call(CLAUDE_CODE, "PreToolUse-Write").tool());
        assertEquals(
                new ToolUse.Files("create", List.of(new ToolUse.FileUse("/home/ada/project/c.txt", true))),
                Recorded.call(COPILOT, "preToolUse-create").tool());
        assertEquals(
                new ToolUse.Mcp("mcp__github__list", "github", false), tool(CLAUDE_CODE, "mcp__github__list", "{}"));
        assertEquals(
                new ToolUse.Fetch("WebFetch", List.of("https://example.com/a")),
                tool(CLAUDE_CODE, "WebFetch", "{\"url\":\"https://example.com/a\"}"));
        assertEquals(
                new ToolUse.Fetch("web_fetch", List.of("https://a.example/x", "http://b.example")),
                tool(GEMINI, "web_fetch", "{\"prompt\":\"sum up https://a.example/x and <http://b.example>\"}"));
        assertInstanceOf(ToolUse.Unreadable.class, tool(GEMINI, "web_fetch", "{\"prompt\":\"file:///etc/passwd\"}"));
        assertInstanceOf(ToolUse.Unreadable.class, tool(GEMINI, "mcp_a_b_c", "{}"));
        assertEquals(new ToolUse.Other("TodoWrite"), tool(CLAUDE_CODE, "TodoWrite", "{}"));
    }

    /** What Gemini CLI 0.61 gets: each word with {@code ://}, as a browser reads it. */
    @Test
    void addressesThatABrowserReadsOtherwiseAreNotPassedOver() throws Exception {
        for (String hidden : List.of(
                "https:evil.example/a://b",
                "https:/\\\\evil.example/://b",
                "HTTPS:evil.example://",
                "\\u0001https:evil.example/a://b",
                "https://" + "a".repeat(2048) + ".example")) {
            String prompt = "{\"prompt\":\"compare https://fine.example/ with " + hidden + "\"}";
            assertInstanceOf(ToolUse.Unreadable.class, tool(GEMINI, "web_fetch", prompt), hidden);
        }
        assertEquals(
                new ToolUse.Fetch(
                        "web_fetch",
                        List.of("https://fine.example'@evil.example/", "https://fine.example\u0001", "http://a")),
                tool(
                        GEMINI,
                        "web_fetch",
                        "{\"prompt\":\"https://fine.example'@evil.example/\\u3000https://fine.example\\u0001 (http://a\"}"));
        assertEquals(
                new ToolUse.Fetch(
                        "web_fetch",
                        List.of("https://github.com/a/b/blob/main/c", "https://raw.githubusercontent.com/")),
                tool(GEMINI, "web_fetch", "{\"prompt\":\"read https://github.com/a/b/blob/main/c\"}"));
        assertEquals(
                new ToolUse.Fetch("web_fetch", List.of("https://a.example/x y")),
                tool(GEMINI, "web_fetch", "{\"url\":\"https://a.example/x y\"}"));
        assertInstanceOf(ToolUse.Unreadable.class, tool(GEMINI, "web_fetch", "{\"url\":\"https:a.example\"}"));
        assertInstanceOf(ToolUse.Unreadable.class, tool(GEMINI, "web_fetch", "{\"prompt\":\"" + numbered(101) + "\"}"));
    }

    private static String numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(each -> "https://a.example/" + each)
                .collect(Collectors.joining(" "));
    }

    @Test
    void serversByTheNameThatIsToldApart() throws Exception {
        for (String name : List.of("PreToolUse-mcp", "PermissionRequest-mcp")) {
            assertEquals(
                    new ToolUse.Mcp("mcp__good__ping", "good", false),
                    Recorded.call(CODEX, name).tool());
        }
        assertEquals(
                new ToolUse.Mcp("mcp__good__ping", "good", false),
                Recorded.call(CLAUDE_CODE, "PreToolUse-mcp").tool());
        String other =
                Recorded.text(CLAUDE_CODE, "PreToolUse-mcp").replace("\"name\":\"good\"", "\"name\":\"good__ping\"");
        assertEquals(
                new ToolUse.Mcp("mcp__good__ping", "good__ping", false),
                HookForm.of(CLAUDE_CODE, "linux").read("PreToolUse", other).tool());
        assertEquals(
                new ToolUse.Mcp("mcp_good_ping", "good", false),
                Recorded.call(GEMINI, "BeforeTool-mcp").tool());
        assertEquals(
                new ToolUse.Mcp("good-ping", "good-ping", true),
                Recorded.call(COPILOT, "preToolUse-mcp").tool());
        assertEquals(
                new ToolUse.Mcp("good/ping", "good", false),
                Recorded.call(COPILOT, "permissionRequest-mcp").tool());
    }

    @Test
    void whatAToolOfAServerAnswered() throws Exception {
        assertEquals(
                "[{\"text\":\"<untrusted_context>\\npong\\n</untrusted_context>\"}]",
                Recorded.call(GEMINI, "AfterTool-mcp").words());
    }

    @Test
    void lookingAtAPictureIsReading() throws Exception {
        assertEquals(
                new ToolUse.Files("view_image", List.of(new ToolUse.FileUse("/home/ada/.ssh/x.png", false))),
                Recorded.call(CODEX, "PreToolUse-view_image").tool());
    }

    private static ToolUse tool(CodingAgent agent, String name, String input) throws HookFormException {
        String text = "{\"session_id\":\"s\",\"tool_name\":\"" + name + "\",\"tool_input\":" + input + "}";
        return HookForm.of(agent, "linux")
                .read(agent == GEMINI ? "BeforeTool" : "PreToolUse", text)
                .tool();
    }

    @Test
    void aListOfWordsStaysOne() throws Exception {
        ToolUse.Command command = assertInstanceOf(
                ToolUse.Command.class, tool(CODEX, "shell", "{\"command\":[\"bash\",\"-lc\",\"git push\"]}"));
        assertNull(command.line());
        assertEquals(List.of("bash", "-lc", "git push"), command.argv());
    }

    @Test
    void whatShouldBeThereAndIsNotCannotBeRead() throws Exception {
        for (String input : List.of(
                "{}",
                "{\"command\":7}",
                "{\"command\":[]}",
                "{\"command\":[\"a\",1]}",
                "{\"command\":\"a\\u0000b\"}")) {
            assertInstanceOf(ToolUse.Unreadable.class, tool(CLAUDE_CODE, "Bash", input), input);
            assertInstanceOf(ToolUse.Unreadable.class, tool(CODEX, "Bash", input), input);
        }
        assertInstanceOf(ToolUse.Unreadable.class, tool(CLAUDE_CODE, "Write", "{\"file_path\":null}"));
        assertInstanceOf(ToolUse.Unreadable.class, tool(CODEX, "apply_patch", "{\"command\":\"nothing\"}"));
    }

    @Test
    void malformedInputIsRefused() {
        for (String text : List.of(
                "",
                "[]",
                "null",
                "{",
                "{} {}",
                "{\"session_id\":\"s\",\"session_id\":\"t\"}",
                "{\"session_id\":5}",
                "{\"session_id\":\"\"}",
                "{\"session_id\":\"a\\nb\"}",
                "{\"session_id\":\"" + "x".repeat(257) + "\"}",
                "{\"session_id\":\"s\",\"tool_input\":[]}",
                "{\"session_id\":\"s\",\"x\":[" + "{},".repeat(50_000) + "1]}",
                "{\"session_id\":\"s\",\"x\":" + "[".repeat(100) + "]".repeat(100) + "}")) {
            assertThrows(
                    HookFormException.class, () -> HookForm.of(CODEX, "linux").read("PreToolUse", text), text);
            assertThrows(
                    HookFormException.class,
                    () -> HookForm.of(CLAUDE_CODE, "linux").read("PreToolUse", text),
                    text);
            assertThrows(
                    HookFormException.class, () -> HookForm.of(GEMINI, "linux").read("BeforeTool", text), text);
            assertThrows(
                    HookFormException.class,
                    () -> HookForm.of(COPILOT, "linux")
                            .read(
                                    "preToolUse",
                                    text.replace("session_id", "sessionId")
                                            .replace("tool_input", "toolArgs")
                                            .replace("\"tool_use_id\":{}", "\"toolArgs\":7")),
                    text);
        }
    }

    private static Rewritten rewritten(HookCall call) {
        return Rewritten.of("/usr/bin/cordon", call, (ToolUse.Command) call.tool(), "t", false)
                .orElseThrow();
    }

    private static JsonNode answer(CodingAgent agent, HookEvent event, HookAnswer answer) throws Exception {
        LocalReply reply = HookForm.of(agent, "linux").write(event, answer);
        assertEquals(0, reply.exit());
        assertEquals("", reply.stderr());
        return reply.stdout().isEmpty() ? JSON.missingNode() : JSON.readTree(reply.stdout());
    }

    @Test
    void codexIsToldOnlyWhatItSupports() throws Exception {
        HookCall call = Recorded.call(CODEX, "PreToolUse");
        Rewritten instead = rewritten(call);
        JsonNode allow = answer(CODEX, HookEvent.BEFORE_TOOL, new HookAnswer.Allow("why", instead))
                .path("hookSpecificOutput");
        assertEquals("PreToolUse", allow.path("hookEventName").asText());
        assertEquals("allow", allow.path("permissionDecision").asText());
        assertEquals(JSON.createObjectNode().put("command", instead.text()), allow.path("updatedInput"));
        // Each of these would let the call pass: it fails as invalid output.
        assertTrue(answer(CODEX, HookEvent.BEFORE_TOOL, new HookAnswer.Allow("why", null))
                .isMissingNode());
        assertTrue(answer(CODEX, HookEvent.BEFORE_TOOL, new HookAnswer.Ask("why", instead))
                .isMissingNode());
        JsonNode deny =
                answer(CODEX, HookEvent.BEFORE_TOOL, new HookAnswer.Deny("no")).path("hookSpecificOutput");
        assertEquals("deny", deny.path("permissionDecision").asText());
        assertEquals("no", deny.path("permissionDecisionReason").asText());
        JsonNode refused =
                answer(CODEX, HookEvent.APPROVAL, new HookAnswer.Deny("no")).path("hookSpecificOutput");
        assertEquals(
                "{\"behavior\":\"deny\",\"message\":\"no\"}",
                refused.path("decision").toString());
        assertTrue(answer(CODEX, HookEvent.APPROVAL, new HookAnswer.Nothing()).isMissingNode());
    }

    @Test
    void claudeTakesAChangedInputWithEveryAnswer() throws Exception {
        HookCall call = Recorded.call(CLAUDE_CODE, "PreToolUse");
        Rewritten instead = rewritten(call);
        for (HookAnswer given : List.of(new HookAnswer.Allow("why", instead), new HookAnswer.Ask("why", instead))) {
            JsonNode told = answer(CLAUDE_CODE, HookEvent.BEFORE_TOOL, given).path("hookSpecificOutput");
            assertEquals(
                    given instanceof HookAnswer.Ask ? "ask" : "allow",
                    told.path("permissionDecision").asText());
            assertEquals(
                    instead.text(), told.path("updatedInput").path("command").asText());
            assertEquals(
                    "List files to see",
                    told.path("updatedInput").path("description").asText());
        }
        JsonNode replaced = answer(CLAUDE_CODE, HookEvent.BEFORE_TOOL, new HookAnswer.Replace(instead))
                .path("hookSpecificOutput");
        assertFalse(replaced.has("permissionDecision"));
        assertEquals(
                instead.text(), replaced.path("updatedInput").path("command").asText());
    }

    @Test
    void geminiAndCopilotGetTheWholeInput() throws Exception {
        HookCall call = Recorded.call(GEMINI, "BeforeTool");
        JsonNode ask = answer(GEMINI, HookEvent.BEFORE_TOOL, new HookAnswer.Ask("why", rewritten(call)));
        assertEquals("ask", ask.path("decision").asText());
        assertEquals("why", ask.path("systemMessage").asText());
        assertEquals(
                "List files to see",
                ask.path("hookSpecificOutput")
                        .path("tool_input")
                        .path("description")
                        .asText());
        assertEquals(
                "deny",
                answer(GEMINI, HookEvent.BEFORE_TOOL, new HookAnswer.Deny("no"))
                        .path("decision")
                        .asText());
        call = Recorded.call(COPILOT, "preToolUse");
        JsonNode allow = answer(COPILOT, HookEvent.BEFORE_TOOL, new HookAnswer.Allow("why", rewritten(call)));
        assertEquals("allow", allow.path("permissionDecision").asText());
        assertEquals(
                "List files to see",
                allow.path("modifiedArgs").path("description").asText());
        ask = answer(COPILOT, HookEvent.BEFORE_TOOL, new HookAnswer.Ask("Why.", rewritten(call)));
        assertFalse(ask.has("permissionDecision"), "with it, the changed arguments would be forgotten");
        assertEquals(
                rewritten(call).text(), ask.path("modifiedArgs").path("command").asText());
        assertEquals(
                "Why. List files to see",
                ask.path("modifiedArgs").path("description").asText());
        ask = answer(COPILOT, HookEvent.BEFORE_TOOL, new HookAnswer.Ask("Why.", null));
        assertEquals("ask", ask.path("permissionDecision").asText());
        assertEquals("Why.", ask.path("permissionDecisionReason").asText());
        assertEquals(
                "{\"behavior\":\"deny\",\"message\":\"no\"}",
                answer(COPILOT, HookEvent.APPROVAL, new HookAnswer.Deny("no")).toString());
        assertEquals(
                "{\"behavior\":\"allow\"}",
                answer(COPILOT, HookEvent.APPROVAL, new HookAnswer.Allow("", null))
                        .toString());
    }

    @Test
    void tellingEventsAreAnsweredWithSilence() throws Exception {
        for (CodingAgent agent : CodingAgent.values()) {
            for (HookEvent event : HookEvent.values()) {
                if (!event.decides()) {
                    assertTrue(answer(agent, event, new HookAnswer.Deny("no")).isMissingNode());
                }
            }
        }
    }

    @Test
    void onWindowsALineOfPowerShellIsPassedEncoded() throws Exception {
        HookCall call = HookForm.of(GEMINI, "windows").read("BeforeTool", Recorded.text(GEMINI, "BeforeTool"));
        ToolUse.Command command = assertInstanceOf(ToolUse.Command.class, call.tool());
        assertEquals(
                List.of("powershell.exe", "-NoProfile", "-EncodedCommand"),
                command.argv().subList(0, 3));
        Rewritten instead = Rewritten.of("C:\\Program Files\\Cordon\\cordon.exe", call, command, "it\u2019s", true)
                .orElseThrow();
        assertTrue(
                instead.text().startsWith("& 'C:\\Program Files\\Cordon\\cordon.exe' 'run' '--asked' '--session' '"),
                instead.text());
        assertTrue(instead.text().contains("'--tool-call' 'it\u2019\u2019s'"), instead.text());
    }
}
