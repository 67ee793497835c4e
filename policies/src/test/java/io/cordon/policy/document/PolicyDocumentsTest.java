package io.cordon.policy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.Documents;
import io.cordon.policy.model.Position;
import io.cordon.policy.model.SandboxPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentsTest {

    private static final String RULE = """
            - id: no-force-push
              match: {argv: [git, push], anyOf: ["--force"]}
              decision: deny
              reason: History is shared.
              examples: {match: ["git push --force"], notMatch: ["git push"]}
            """;

    private static final String POLICY = Documents.policy("allow", RULE);

    @Test
    void readsYamlAndKnowsTheLineOfEveryValue() {
        SandboxPolicy policy = assertInstanceOf(SandboxPolicy.class, Documents.accepted(POLICY));
        assertEquals("small", policy.metadata().name().value());
        assertEquals(List.of(9999, 5432), policy.network().loopbackPorts());
        assertEquals("no-force-push", policy.commands().rules().get(0).id());
        assertEquals(new Position(5, 3), policy.source().position("/spec/mode"));
        assertEquals(7, policy.source().position("/spec/filesystem/read/deny/1").line());
        assertEquals(
                24, policy.source().position("/spec/commands/rules/0/decision").line());
    }

    @Test
    void readsJson() {
        SandboxPolicy policy = assertInstanceOf(SandboxPolicy.class, Documents.accepted("""
                        {"apiVersion": "cordon.io/v1", "kind": "SandboxPolicy", "metadata": {"name": "json"},
                         "spec": {"mode": "audit", "filesystem": {"write": {"roots": []}},
                          "network": {"mode": "online"}, "commands": {"default": "deny", "unknown": "deny"}}}
                        """));
        assertEquals("json", policy.metadata().title());
        assertEquals(2, policy.source().position("/spec/mode").line());
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mode: enforce | `mode: enforce\n  mode: audit` | 6 | mode: given again (expected: once; first at line 5)",
                "mode: enforce | `mdoe: enforce` | 5 | mdoe: unknown field (expected: mode * filesystem * network",
                "mode: enforce | `mode: enforced` | 5 | mode: enforced (expected: enforce * audit)",
                "mode: enforce | `mode: enforce\n  agents: {codx: {}}` | 6 | codx: unknown field (expected: unlisted * rememberAsksMinutes * codex",
                "mode: enforce | `mode: enforce\n  agents: {codex: {minVersion: new}}` | 6 | minVersion: new (expected: the lowest version",
                "mode: enforce | `mode: enforce\n  agents: {codex: {use: prompt}}` | 6 | use: prompt (expected: allow * deny)",
                "mode: enforce | `mode: enforce\n  agents: {codex: {mcpServers: {allow: [a b]}}}` | 6 | allow[0]: a b (expected: a name of letters",
                "mode: enforce | `mode: enforce\n  agents: {codex: {mcpServers: {allow: [{name: a, command: [x], url: 'https://x'}]}}}` | 6 | mcpServers: a has a command and a url (expected: one of them)",
                "network: | `network: &a` | 9 | anchor or alias: &a (expected: none)",
                "mode: enforce | `mode: *a` | 5 | anchor or alias: *a (expected: none)",
                "mode: enforce | `mode: !!str enforce` | 5 | tag: ",
                "mode: enforce | `mode: [` | 7 | text: ",
                "mode: enforce | `` | 4 | mode: missing (expected: under spec)",
                "kind: SandboxPolicy | `kind: SandboxPolice` | 2 | kind: SandboxPolice (expected: SandboxPolicy * Tightening",
                "cordon.io/v1 | `cordon.io/v2` | 1 | apiVersion: cordon.io/v2 (expected: cordon.io/v1)",
                "processes: 100 | `processes: many` | 15 | processes: many (expected: a whole number)",
                "processes: 100 | `processes: 0` | 15 | processes: 0 (expected: minimum 1)",
                "ports: [443] | `ports: [70000]` | 11 | ports[0]: 70000 (expected: maximum 65535)",
                "~/.aws | `relative/.aws` | 7 | path: relative/.aws (expected: a path that starts with",
                "~/.aws | `~/.aws/**` | 7 | path: ~/.aws/** (expected: no **",
                "~/.aws | `~/x/../.aws` | 7 | path: ~/x/../.aws (expected: components that are not",
                "~/.aws | `~/.ssh` | 7 | deny: an item is given twice (expected: each once)",
                ".git/hooks | `/etc` | 8 | protect: /etc (expected: a path relative to the writable roots",
                ".git/hooks | `../x` | 8 | protect: ../x (expected: components that are not",
                "bad.example.com | `https://bad.example.com` | 12 | host: https://bad.example.com (expected: a name",
                "bad.example.com | `bücher.example` | 12 | host: bücher.example (expected: a name",
                "bad.example.com | `127.1` | 12 | host: 127.1 (expected: a name",
                "LC_* | `LC-X` | 16 | pass[1]: LC-X (expected: a name of letters",
                "- id: no-force-push | `- id: No Force` | 22 | id: No Force (expected: a-z, 0-9",
            })
    void namesLineAndRemedy(String replace, String with, int line, String message) {
        assertTrue(POLICY.contains(replace), replace);
        Problem problem = Documents.problems(POLICY.replace(replace, with == null ? "" : with))
                .get(0);
        assertTrue(problem.message().startsWith(message.replace(" * ", " | ")), problem.toString());
        assertEquals(line, problem.line(), problem.toString());
        assertTrue(problem.column() > 0);
        assertTrue(problem.remedy().length() > 5, problem.toString());
    }

    @Test
    void suggestsWhatWasMeant() {
        assertEquals("Did you mean mode?", remedy("  mode: enforce", "  mdoe: enforce"));
        assertEquals("Did you mean enforce?", remedy("  mode: enforce", "  mode: enforced"));
        assertEquals("Did you mean protect?", remedy("protect:", "protects:"));
        assertEquals("Remove it; fields are never ignored.", remedy("debugging: true", "zzzzzzzzzzz: true"));
    }

    @Test
    void showsAllProblemsAtOnceInOrder() {
        List<Problem> problems = Documents.problems(
                POLICY.replace("~/.aws", "x").replace(".git/hooks", "/y").replace("bad.", "b:"));
        assertEquals(
                List.of("/spec/filesystem/read/deny/1", "/spec/filesystem/write/protect/0", "/spec/network/deny/0"),
                problems.stream().map(Problem::pointer).toList());
    }

    @Test
    void testsTheExamplesOfRules() {
        Problem positive = Documents.problems(POLICY.replace("match: [\"git push --force\"]", "match: [\"git pull\"]"))
                .get(0);
        assertEquals(26, positive.line());
        assertEquals("examples.match: git pull (expected: rule no-force-push matches it)", positive.message());
        Problem negative = Documents.problems(
                        POLICY.replace("notMatch: [\"git push\"]", "notMatch: [\"git push --force -x\"]"))
                .get(0);
        assertEquals("/spec/commands/rules/0/examples/notMatch/0", negative.pointer());
    }

    @Test
    void refusesARuleIdGivenTwice() {
        Problem problem =
                Documents.problems(Documents.policy("allow", RULE + RULE)).get(0);
        assertEquals("id: no-force-push (expected: unique; first at line 22)", problem.message());
        assertEquals(27, problem.line());
    }

    @Test
    void refusesWhatIsTooLargeTooDeepNotTextOrNotOne() {
        assertMessage("size: ", Documents.problems(" ".repeat(PolicyDocuments.MAX_BYTES + 1)));
        assertMessage("depth: more than 32", Documents.problems("a: " + "[".repeat(40) + "]".repeat(40)));
        assertMessage("depth: more than 32", Documents.problems("{\"a\": " + "[".repeat(40) + "]".repeat(40) + "}"));
        assertMessage("depth: more than 32", Documents.problems("[".repeat(100_000)));
        assertMessage("encoding: not UTF-8", Documents.problems(new byte[] {'a', (byte) 0xff}));
        assertMessage("text: empty", Documents.problems(""));
        assertMessage("text: goes on", Documents.problems(POLICY + "---\n" + POLICY));
        assertMessage("document: ", Documents.problems("just text"));
        assertMessage("apiVersion: missing", Documents.problems("{}"));
    }

    @Test
    void refusesExpressionsThatCouldRunAway() {
        for (String expression :
                List.of("(a+)+", "(a|b)*x", "(?=x)a", "(a)\\\\1", "a*b*c*d*e*", "(", "x".repeat(201))) {
            String text = POLICY + "  telemetry: {redact: [\"" + expression + "\"]}\n";
            List<Problem> problems = Documents.problems(text);
            assertEquals("/spec/telemetry/redact/0", problems.get(0).pointer(), expression);
        }
        Documents.accepted(POLICY + "  telemetry: {redact: [\"(?i)token=[a-z]+\"]}\n");
    }

    @Test
    void theSchemaIsPublishedUnderItsId() {
        assertTrue(PolicyDocuments.schemaJson().contains("\"$id\": \"https://cordon.io/schema/v1/policy.json\""));
    }

    @Test
    void readsTheSameBytesTheSameWay() {
        byte[] bytes = POLICY.getBytes(StandardCharsets.UTF_8);
        assertEquals(PolicyDocuments.read("a", bytes), PolicyDocuments.read("a", bytes));
    }

    private static String remedy(String replace, String with) {
        return Documents.problems(POLICY.replace(replace, with)).get(0).remedy();
    }

    private static void assertMessage(String start, List<Problem> problems) {
        assertTrue(problems.get(0).message().startsWith(start), problems.toString());
    }
}
