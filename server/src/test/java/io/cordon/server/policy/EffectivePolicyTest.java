package io.cordon.server.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.cordon.server.access.Role;
import io.cordon.server.enrollment.TestEndpoint;
import io.cordon.server.fleet.EffectivePolicy;
import io.cordon.server.fleet.FleetStore;
import io.cordon.server.fleet.Report;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What should hold at an endpoint, and whether it is what the endpoint says it enforces. */
@QuarkusTest
class EffectivePolicyTest {

    @Inject
    TestServer server;

    @Inject
    FleetStore fleet;

    /** A group of its own, so that what is published here concerns this endpoint alone. */
    private final String group = "g" + UUID.randomUUID().toString().substring(0, 8);

    private UUID endpoint = new UUID(0, 0);

    @BeforeEach
    void enroll() {
        endpoint = TestEndpoint.enrolled(server, "effective-" + group, group).id();
    }

    private JsonNode effective() {
        TestClient.Answer answer = server.as(Role.VIEWER).get("/admin/v1/endpoints/" + endpoint + "/effective-policy");
        assertEquals(200, answer.status(), answer.text());
        return answer.json();
    }

    private void report(String digest) {
        EffectivePolicy policy = new EffectivePolicy("any", 1, digest, "enforce", 1, 1, null, List.of(), List.of());
        fleet.report(endpoint, new Report(null, null, null, null, policy, null, null));
    }

    private void publish(String name, String source) {
        TestClient administrator = server.as(Role.ADMINISTRATOR);
        String path = "/admin/v1/policies/" + name;
        TestClient.Answer present = administrator.get(path);
        TestClient.Answer draft = present.status() == 404
                ? administrator.post("/admin/v1/policies", Map.of("reason", "test", "source", source))
                : administrator.put(
                        path + "/draft",
                        Map.of(
                                "reason",
                                "test",
                                "source",
                                source,
                                "expectedRevision",
                                present.json().at("/draft/revision").asInt(0)));
        assertEquals(2, draft.status() / 100, draft.text());
        JsonNode json = draft.json();
        int revision = json.has("draft")
                ? json.at("/draft/revision").asInt()
                : json.path("revision").asInt();
        TestClient.Answer published =
                administrator.post(path + "/publish", Map.of("reason", "test", "expectedRevision", revision));
        assertEquals(200, published.status(), published.text());
    }

    /** Publishes a policy with that limit and gives it to this test's group alone. */
    private void assignLimit(int processes) {
        publish("p-" + group, """
                apiVersion: cordon.io/v1
                kind: SandboxPolicy
                metadata: {name: p-%s, title: Test, description: test, contact: security@example.com}
                spec:
                  mode: enforce
                  filesystem: {write: {roots: ["${workspace}"]}}
                  network: {mode: offline}
                  process: {limits: {processes: %d}}
                  commands: {default: allow, unknown: prompt}
                """.formatted(group, processes));
        publish("assignments", """
                apiVersion: cordon.io/v1
                kind: Assignments
                metadata: {name: assignments, title: Who gets what}
                spec:
                  rules:
                    - select: {group: [%s]}
                      policy: p-%s
                """.formatted(group, group));
    }

    private void tighten() {
        tighten("process: {limits: {processes: 3}}");
    }

    /** @param what stands in line 6 */
    private void tighten(String what) {
        publish("t-" + group, """
                apiVersion: cordon.io/v1
                kind: Tightening
                metadata: {name: t-%s}
                spec:
                  appliesTo: {group: [%s]}
                  %s
                """.formatted(group, group, what));
    }

    private JsonNode provenance(String pointer) {
        for (JsonNode one : effective().get("provenance")) {
            if (one.get("pointer").asText().equals(pointer)) {
                return one;
            }
        }
        throw new AssertionError(pointer + ": no provenance");
    }

    @Test
    void tellsNothingOfAnEndpointThatHasReportedNothing() {
        assertTrue(effective().get("matchesReported").isNull());
    }

    @Test
    void matchesAnEndpointThatReportsThisVeryPolicy() {
        report("sha256:" + effective().get("digest").asText());
        assertTrue(effective().get("matchesReported").asBoolean());
    }

    @Test
    void doesNotMatchAnotherPolicyOrNone() {
        String digest = effective().get("digest").asText();
        report("sha256:" + (digest.startsWith("0") ? "1" : "0") + digest.substring(1));
        assertFalse(effective().get("matchesReported").asBoolean(true));
        report("");
        assertFalse(effective().get("matchesReported").asBoolean(true));
    }

    @Test
    void noLongerMatchesWhenSomethingIsPublishedForTheEndpoint() {
        assignLimit(70);
        JsonNode before = effective();
        assertEquals(70, before.at("/policy/process/limits/processes").asInt());
        report("sha256:" + before.get("digest").asText());
        tighten();
        JsonNode after = effective();
        assertFalse(after.get("matchesReported").asBoolean(true));
        assertNotEquals(before.get("digest"), after.get("digest"));
        assertEquals(3, after.at("/policy/process/limits/processes").asInt());

        report("sha256:" + after.get("digest").asText());
        assertTrue(effective().get("matchesReported").asBoolean());
    }

    @Test
    void namesTheDocumentAndLineOfEachValue() {
        assignLimit(70);
        tighten();
        JsonNode found = provenance("/process/limits/processes");
        assertEquals("tightenings/t-" + group + ".yaml", found.get("target").asText());
        assertEquals("tightening", found.get("kind").asText());
        assertEquals(6, found.get("line").asInt());
        assertEquals(1, found.get("revision").asInt());
    }

    @Test
    void tellsWhatATighteningSaysOfAgents() {
        assignLimit(70);
        tighten("agents: {codex: {minVersion: '0.170'}}");
        JsonNode effective = effective();
        assertEquals("0.170", effective.at("/policy/agents/codex/minVersion").asText());
        assertEquals(
                "tightening t-" + group + ": policy p-" + group
                        + " does not name codex; its settings are managed from here on",
                effective.at("/notices/0").asText());
        JsonNode found = provenance("/agents/codex/minVersion");
        assertEquals("tightenings/t-" + group + ".yaml", found.get("target").asText());
        assertEquals(6, found.get("line").asInt());
    }

    @Test
    void knowsNoEndpointThatIsNotEnrolled() {
        for (String id : List.of(UUID.randomUUID().toString(), "nonsense")) {
            TestClient.Answer answer = server.as(Role.VIEWER).get("/admin/v1/endpoints/" + id + "/effective-policy");
            assertEquals(404, answer.status());
            assertEquals("fleet.endpoint-not-found", answer.code());
        }
    }
}
