package io.cordon.server.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.cordon.server.access.Role;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drafts, validation, evaluation and the library over the admin API. */
@QuarkusTest
class DraftsTest {
    @Inject
    TestServer server;

    private final String name = "d-" + UUID.randomUUID().toString().substring(0, 8);
    private final String path = "/admin/v1/policies/" + name;

    private static final String SPEC = """
            spec:
              mode: enforce
              filesystem:
                read: {deny: ["~/.ssh"]}
                write: {roots: ["${workspace}"]}
              network: {mode: offline}
              commands:
                default: allow
                unknown: prompt
                rules:
                  - id: no-force
                    match: {argv: [git, push], anyOf: ["--force"]}
                    decision: deny
                    reason: History is shared.
                    examples: {match: [git push --force], notMatch: [git push]}
            """;

    private static String source(String name, String title) {
        return "apiVersion: cordon.io/v1\nkind: SandboxPolicy\nmetadata: {name: " + name + ", title: " + title + "}\n"
                + SPEC;
    }

    private TestClient admin() {
        return server.as(Role.ADMINISTRATOR);
    }

    private TestClient.Answer create(String source) {
        return admin().post("/admin/v1/policies", Map.of("source", source, "reason", "test"));
    }

    private TestClient.Answer save(String title, int expectedRevision) {
        return admin().put(
                        path + "/draft",
                        Map.of("source", source(name, title), "reason", "test", "expectedRevision", expectedRevision));
    }

    @Test
    void aDraftIsCreatedSavedAndShown() {
        int first = create(source(name, "One")).json().at("/draft/revision").asInt();
        TestClient.Answer saved = save("Two", first);
        assertEquals(200, saved.status(), saved.text());
        JsonNode policy = admin().get(path).json();
        assertEquals("Two", policy.path("title").asText());
        assertEquals("SandboxPolicy", policy.path("kind").asText());
        assertEquals(source(name, "Two"), policy.at("/draft/source").asText());
        assertEquals(0, policy.path("revisions").size());
    }

    @Test
    void aSaveOverAnUnseenStateIsRefusedWithThatState() {
        int first = create(source(name, "One")).json().at("/draft/revision").asInt();
        save("Theirs", first);
        TestClient.Answer mine = save("Mine", first);
        assertEquals(409, mine.status());
        assertEquals("policy.revision-conflict", mine.code());
        assertEquals(source(name, "Theirs"), mine.json().at("/errors/0/source").asText());
        assertEquals(
                source(name, "Theirs"),
                admin().get(path).json().at("/draft/source").asText());
    }

    @Test
    void publishingAnUnseenStateIsRefused() {
        int first = create(source(name, "One")).json().at("/draft/revision").asInt();
        save("Theirs", first);
        TestClient.Answer answer = admin().post(path + "/publish", Map.of("reason", "test", "expectedRevision", first));
        assertEquals("policy.revision-conflict", answer.code());
        assertEquals(0, admin().get(path).json().path("revisions").size());
    }

    @Test
    void aPublishedRevisionKeepsItsTextAndTheNextDraftBeginsAnew() {
        int first = create(source(name, "One")).json().at("/draft/revision").asInt();
        admin().post(path + "/publish", Map.of("reason", "go", "expectedRevision", first));
        JsonNode revision = admin().get(path + "/revisions/1").json();
        assertEquals(source(name, "One"), revision.path("source").asText());
        assertEquals("go", revision.path("reason").asText());
        assertEquals("administrator-tester", revision.path("author").asText());
        assertTrue(admin().get(path).json().path("draft").isNull());
        assertEquals(200, save("Two", 0).status());
        assertEquals(404, admin().get(path + "/revisions/2").status());
    }

    @Test
    void aNameIsCreatedOnce() {
        create(source(name, "One"));
        assertEquals("policy.exists", create(source(name, "Two")).code());
    }

    @Test
    void aDraftKeepsItsNameAndKind() {
        int first = create(source(name, "One")).json().at("/draft/revision").asInt();
        TestClient.Answer renamed = admin().put(
                        path + "/draft",
                        Map.of("source", source(name + "x", "One"), "reason", "test", "expectedRevision", first));
        assertEquals("policy.document-invalid", renamed.code());
        assertEquals("/metadata/name", renamed.json().at("/errors/0/pointer").asText());
        assertEquals(3, renamed.json().at("/errors/0/line").asInt());
    }

    @Test
    void anInvalidDocumentIsRefusedWithLineAndRemedy() {
        TestClient.Answer answer = create(source(name, "One") + "  modes: enforce\n");
        assertEquals(422, answer.status());
        assertEquals("policy.document-invalid", answer.code());
        JsonNode error = answer.json().at("/errors/0");
        assertEquals(19, error.path("line").asInt(), answer.text());
        assertFalse(error.path("remedy").asText().isBlank());
        assertEquals(404, admin().get(path).status());
    }

    @Test
    void anOversizedDocumentIsRefused() {
        TestClient.Answer answer = create(source(name, "One") + "#" + "x".repeat(300_000));
        assertEquals("policy.document-invalid", answer.code());
    }

    @Test
    void aDiscardedDraftIsGoneAndWhatIsPublishedStays() {
        int first = create(source(name, "One")).json().at("/draft/revision").asInt();
        admin().post(path + "/publish", Map.of("reason", "go", "expectedRevision", first));
        assertEquals("policy.no-draft", admin().delete(path + "/draft").code());
        save("Two", 0);
        assertEquals(204, admin().delete(path + "/draft?reason=wrong").status());
        JsonNode policy = admin().get(path).json();
        assertTrue(policy.path("draft").isNull());
        assertEquals(1, policy.path("revisions").size());
    }

    @Test
    void validationListsEveryProblemWithoutSaving() {
        JsonNode answer = admin().post(
                        "/admin/v1/policies/validate",
                        Map.of("source", "apiVersion: cordon.io/v1\nkind: SandboxPolicy\nspec: {modes: x}\n"))
                .json();
        assertFalse(answer.path("valid").asBoolean());
        assertTrue(answer.path("errors").size() >= 2, answer.toString());
        JsonNode right = admin().post("/admin/v1/policies/validate", Map.of("source", source(name, "One")))
                .json();
        assertTrue(right.path("valid").asBoolean());
        assertEquals(name, right.path("name").asText());
        assertEquals(404, admin().get(path).status());
    }

    @Test
    void everyBaselineCanBeCreatedFromAndTried() {
        JsonNode baselines = server.as(Role.VIEWER).get("/admin/v1/baselines").json();
        assertTrue(baselines.size() >= 5, baselines.toString());
        for (JsonNode baseline : baselines) {
            JsonNode valid = admin().post(
                            "/admin/v1/policies/validate",
                            Map.of("source", baseline.path("source").asText()))
                    .json();
            assertTrue(valid.path("valid").asBoolean(), valid.toString());
        }
    }

    @Test
    void aPolicyIsTriedOutBySourceAndByName() {
        String source = source(name, "One");
        TestClient.Answer created = create(source);
        assertEquals(201, created.status(), created.text());
        JsonNode command = evaluate(Map.of("name", name, "command", List.of("git", "push", "--force")));
        assertEquals("deny", command.path("decision").asText());
        assertEquals("no-force", command.path("rule").asText());
        assertEquals("History is shared.", command.path("reason").asText());
        JsonNode read = evaluate(Map.of("source", source, "path", "/home/developer/.ssh/id_ed25519", "access", "read"));
        assertEquals("deny", read.path("decision").asText(), read.toString());
        JsonNode host = evaluate(Map.of("source", source, "host", "example.com", "port", 443));
        assertEquals("deny", host.path("decision").asText());
        assertEquals(
                "platform.invalid",
                evaluate(Map.of("source", source, "host", "example.com"))
                        .path("code")
                        .asText());
        assertEquals(
                "platform.invalid",
                evaluate(Map.of("source", source)).path("code").asText());
        assertEquals(
                "policy.not-found",
                evaluate(Map.of("name", "no-such", "command", List.of("ls")))
                        .path("code")
                        .asText());
    }

    private JsonNode evaluate(Map<String, Object> request) {
        return admin().post("/admin/v1/policies/evaluate", request).json();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ANALYST", "VIEWER"})
    void whoeverOnlyLooksOnChangesNothing(Role role) {
        TestClient.Answer answer =
                server.as(role).post("/admin/v1/policies", Map.of("source", source(name, "One"), "reason", "test"));
        assertEquals(403, answer.status());
        assertEquals("access.forbidden", answer.code());
        assertEquals(404, admin().get(path).status());
        assertEquals(200, server.as(role).get("/admin/v1/policies").status());
    }

    @Test
    void aReasonIsRequired() {
        TestClient.Answer answer =
                admin().post("/admin/v1/policies", Map.of("source", source(name, "One"), "reason", " "));
        assertEquals("access.reason-required", answer.code());
        assertEquals(404, admin().get(path).status());
    }

    @Test
    void theListIsPagedByName() {
        create(source(name + "-a", "One"));
        create(source(name + "-b", "Two"));
        java.util.List<String> names = new java.util.ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = admin().get("/admin/v1/policies?limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            page.path("items").forEach(item -> names.add(item.path("name").asText()));
            cursor = page.path("nextCursor").asText("");
            cursor = cursor.equals("null") ? "" : cursor;
        } while (!cursor.isEmpty());
        assertEquals(names.stream().sorted().distinct().toList(), names);
        assertTrue(names.contains(name + "-a") && names.contains(name + "-b"), names.toString());
    }
}
