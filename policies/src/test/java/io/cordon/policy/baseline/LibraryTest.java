package io.cordon.policy.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cordon.policy.Documents;
import io.cordon.policy.evaluate.Access;
import io.cordon.policy.evaluate.ArgumentRecord;
import io.cordon.policy.evaluate.CommandDecision;
import io.cordon.policy.evaluate.Evaluator;
import io.cordon.policy.evaluate.HostDecision;
import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.evaluate.PathDecision;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.model.Telemetry;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every policy of the library does what its cases say. */
class LibraryTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    @TestFactory
    Stream<DynamicNode> everyCaseHolds() {
        return Baseline.library().stream()
                .map(policy -> DynamicContainer.dynamicContainer(policy.name(), tests(policy)));
    }

    @Test
    void holdsTheFivePoliciesWithIntentAndCases() {
        assertEquals(
                List.of("strict-offline", "regulated", "balanced", "open-source-developer", "audit-only"),
                Baseline.library().stream().map(BaselinePolicy::name).toList());
        for (BaselinePolicy policy : Baseline.library()) {
            assertTrue(policy.intent().length() > 200, policy.name() + " has a paragraph of intent");
            List<JsonNode> cases = cases(policy);
            assertTrue(cases.size() >= 20, policy.name() + " has cases");
            assertTrue(
                    cases.stream().anyMatch(c -> c.get("decision").asText().equals("deny")),
                    policy.name() + " has a denying case");
            assertEquals(policy.name(), document(policy).get("policy").asText());
        }
    }

    @Test
    void strictestDeniesEverything() {
        ResolvedPolicy strictest = Baseline.strictest();
        assertEquals("builtin-strictest", strictest.name());
        assertEquals(0, strictest.revision());
        assertEquals(
                "deny", Evaluator.command(strictest, List.of("true")).decision().word());
        assertEquals(
                "network-offline", Evaluator.host(strictest, "localhost", 9999).rule());
    }

    @Test
    void secretsAreTakenOutAndProseIsNot() {
        List<String> secrets = List.of(
                "password=hunter2",
                "password: hunter2",
                "DB_PASSWORD=hunter2",
                "{\"api_key\": \"hunter2\"}",
                "mysql --password hunter2 shop",
                "mysql --db-password hunter2",
                "--api_key hunter2",
                "-token hunter2",
                "Authorization: Bearer hunter2hunter2");
        List<String> prose = List.of(
                "Store password hashes, not passwords",
                "Fix the token parser",
                "a no-password login for the secret santa",
                "src/secret.c");
        for (BaselinePolicy policy : Baseline.library()) {
            Telemetry telemetry =
                    Documents.resolve(policy.name(), policy.yaml()).policy().telemetry();
            for (String secret : secrets) {
                String kept = ArgumentRecord.of(telemetry, List.of("x", secret)).get(1);
                assertFalse(kept.contains("hunter2"), policy.name() + ": " + kept);
            }
            for (String text : prose) {
                assertEquals(List.of("x", text), ArgumentRecord.of(telemetry, List.of("x", text)), policy.name());
            }
            String hostile = "-".repeat(4_096);
            assertEquals(List.of("x", hostile), ArgumentRecord.of(telemetry, List.of("x", hostile)), policy.name());
        }
    }

    private static Stream<DynamicNode> tests(BaselinePolicy baseline) {
        ResolvedPolicy policy =
                Documents.resolve(baseline.name(), baseline.yaml()).policy();
        JsonNode at = document(baseline).get("context");
        PathContext context = new PathContext(
                at.get("os").asText(),
                at.get("home").asText(),
                at.get("workspace").asText(),
                at.get("tmp").asText(),
                at.get("cwd").asText());
        return cases(baseline).stream()
                .map(c -> DynamicTest.dynamicTest(
                        c.toString(),
                        () -> assertEquals(
                                c.get("decision").asText() + " by "
                                        + c.get("rule").asText(),
                                decide(policy, context, c))));
    }

    private static String decide(ResolvedPolicy policy, PathContext context, JsonNode c) {
        if (c.has("command")) {
            List<String> argv = new ArrayList<>();
            c.get("command").forEach(word -> argv.add(word.asText()));
            CommandDecision decision = Evaluator.command(policy, argv);
            return decision.decision().word() + " by " + decision.rule();
        }
        if (c.has("shell")) {
            CommandDecision decision =
                    Evaluator.shellLine(policy, c.get("shell").asText());
            return decision.decision().word() + " by " + decision.rule();
        }
        if (c.has("path")) {
            Access access = Access.valueOf(c.get("access").asText().toUpperCase(Locale.ROOT));
            PathDecision decision =
                    Evaluator.path(policy, context, c.get("path").asText(), access);
            return decision.decision().word() + " by " + decision.rule();
        }
        String host = c.get("host").asText();
        int port = c.get("port").asInt();
        HostDecision decision = c.has("enforced")
                ? Evaluator.hostIn(policy, NetworkMode.ofWord(c.get("enforced").asText()), host, port)
                : Evaluator.host(policy, host, port);
        return decision.decision().word() + " by " + decision.rule();
    }

    private static List<JsonNode> cases(BaselinePolicy policy) {
        List<JsonNode> cases = new ArrayList<>();
        document(policy).get("cases").forEach(cases::add);
        return cases;
    }

    private static JsonNode document(BaselinePolicy policy) {
        try {
            return YAML.readTree(policy.casesYaml());
        } catch (IOException e) {
            throw new AssertionError(policy.name() + ".cases.yaml", e);
        }
    }
}
