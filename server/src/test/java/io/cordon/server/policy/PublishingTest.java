package io.cordon.server.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.policy.trust.DownloadResult;
import io.cordon.policy.trust.FetchException;
import io.cordon.policy.trust.Fetcher;
import io.cordon.policy.trust.InMemoryTrustStore;
import io.cordon.policy.trust.Limits;
import io.cordon.policy.trust.RefreshResult;
import io.cordon.policy.trust.Refusal;
import io.cordon.policy.trust.TrustClient;
import io.cordon.server.TestClient;
import io.cordon.server.TestClock;
import io.cordon.server.TestServer;
import io.cordon.server.access.Role;
import io.cordon.server.audit.AuditEntry;
import io.cordon.server.audit.AuditLog;
import io.cordon.server.trust.SignedRepository;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** From a draft to what an endpoint verifies, over real HTTPS and the endpoint's own client. */
@QuarkusTest
class PublishingTest {
    @Inject
    TestServer server;

    @Inject
    TestClock clock;

    @Inject
    SignedRepository repository;

    @Inject
    AuditLog audit;

    @Inject
    DataSource database;

    private final String name = "p-" + UUID.randomUUID().toString().substring(0, 8);

    private static String source(String name, String description) {
        return """
                apiVersion: cordon.io/v1
                kind: SandboxPolicy
                metadata:
                  name: %s
                  title: Test
                  description: %s
                  contact: security@example.com
                spec:
                  mode: enforce
                  filesystem: {write: {roots: ["${workspace}"]}}
                  network: {mode: offline}
                  commands: {default: allow, unknown: prompt}
                """.formatted(name, description);
    }

    private TestClient admin() {
        return server.as(Role.ADMINISTRATOR);
    }

    private JsonNode create(String policy, String text) {
        TestClient.Answer answer =
                admin().post("/admin/v1/policies", Map.of("source", source(policy, text), "reason", "test"));
        assertEquals(201, answer.status(), answer.text());
        return answer.json();
    }

    private TestClient.Answer publish(String policy, int expectedRevision) {
        return admin().post(
                        "/admin/v1/policies/" + policy + "/publish",
                        Map.of("reason", "test", "expectedRevision", expectedRevision));
    }

    private int published(String policy) {
        TestClient.Answer answer =
                publish(policy, create(policy, "x").at("/draft/revision").asInt());
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("targetsVersion").asInt();
    }

    /** The client that endpoints use, over the served files. */
    private TrustClient client() throws IOException {
        TestClient http = server.as(Role.VIEWER);
        Fetcher fetcher = (path, maxLength) -> {
            TestClient.Answer answer = http.get("/tuf/" + path);
            if (answer.status() == 404) {
                throw new FetchException.NotFound(path);
            }
            if (answer.status() != 200) {
                throw new FetchException(path + ": status " + answer.status());
            }
            return answer.bytes();
        };
        TrustClient client = new TrustClient(new InMemoryTrustStore(), fetcher, clock, Limits.standard());
        client.initialise(repository.seed());
        return client;
    }

    private static RefreshResult.Verified verified(TrustClient client) throws IOException {
        return assertInstanceOf(RefreshResult.Verified.class, client.refresh());
    }

    @Test
    void anEndpointVerifiesWhatWasPublished() throws IOException {
        TrustClient client = client();
        int version = published(name);
        RefreshResult.Verified state = verified(client);
        String target = "policies/" + name + ".yaml";
        assertEquals(version, state.targets().versions().targets());
        JsonNode custom = java.util.Objects.requireNonNull(
                        state.targets().files().get(target))
                .custom();
        assertEquals("SandboxPolicy", custom.path("kind").asText());
        assertEquals(name, custom.path("name").asText());
        assertEquals(1, custom.path("revision").asInt());
        DownloadResult.Verified content = assertInstanceOf(DownloadResult.Verified.class, client.download(target));
        assertArrayEquals(source(name, "x").getBytes(StandardCharsets.UTF_8), content.bytes());
    }

    @Test
    void i5_anEndpointRefusesATargetThatTheDatabaseWasMadeToForge() throws IOException, SQLException {
        TrustClient client = client();
        published(name);
        verified(client);
        String forged = source(name, "x").replace("enforce", "audit  ");
        update(
                "UPDATE trust_file SET bytes = ? WHERE path LIKE 'targets/policies/%." + name + ".yaml'",
                forged.getBytes(StandardCharsets.UTF_8));
        DownloadResult.Refused refused =
                assertInstanceOf(DownloadResult.Refused.class, client.download("policies/" + name + ".yaml"));
        assertEquals(Refusal.HASH, refused.rejection().reason());
    }

    @Test
    void i5_anEndpointRefusesMetadataThatTheDatabaseWasMadeToRollBack() throws IOException, SQLException {
        TrustClient client = client();
        published(name);
        byte[] old = repository.file("metadata/timestamp.json").orElseThrow();
        published(name + "-b");
        verified(client);
        byte[] current = repository.file("metadata/timestamp.json").orElseThrow();
        update("UPDATE trust_file SET bytes = ? WHERE path = 'metadata/timestamp.json'", old);
        try {
            RefreshResult.Refused refused = assertInstanceOf(RefreshResult.Refused.class, client.refresh());
            assertEquals(Refusal.ROLLBACK, refused.rejection().reason());
        } finally {
            update("UPDATE trust_file SET bytes = ? WHERE path = 'metadata/timestamp.json'", current);
        }
    }

    private void update(String sql, byte[] bytes) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, bytes);
            assertEquals(1, statement.executeUpdate());
        }
    }

    @Test
    void concurrentPublishersTakeTurnsAndNoneIsLost() throws IOException {
        int count = 6;
        List<String> names = new ArrayList<>();
        List<Integer> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(name + "-" + i);
            drafts.add(create(names.get(i), "x").at("/draft/revision").asInt());
        }
        List<CompletableFuture<TestClient.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = i;
            answers.add(CompletableFuture.supplyAsync(() -> publish(names.get(at), drafts.get(at))));
        }
        Set<Integer> versions = new HashSet<>();
        for (CompletableFuture<TestClient.Answer> answer : answers) {
            assertEquals(200, answer.join().status(), answer.join().text());
            versions.add(answer.join().json().path("targetsVersion").asInt());
        }
        assertEquals(count, versions.size());
        Set<String> targets = verified(client()).targets().files().keySet();
        names.forEach(each -> assertTrue(targets.contains("policies/" + each + ".yaml"), each));
    }

    @Test
    void i9_publishingIsInTheAuditLogWithItsReason() {
        published(name);
        AuditEntry entry = audit.before(Long.MAX_VALUE, 1).get(0);
        assertEquals("policy.publish", entry.event().action());
        assertEquals("administrator-tester", entry.event().actor());
        assertEquals(name + " revision 1", entry.event().subject());
    }

    @Test
    void aRefusedPublicationLeavesNothing() {
        long before = repository.published().targetsVersion();
        long audited = audit.head().sequence();
        JsonNode draft = assignments("nobody-published-this");
        TestClient.Answer answer = publish("assignments", draft.path("revision").asInt());
        assertEquals(422, answer.status());
        assertEquals("policy.reference-broken", answer.code());
        assertEquals(
                "/spec/rules/0/policy", answer.json().at("/errors/0/pointer").asText());
        assertEquals(7, answer.json().at("/errors/0/line").asInt());
        assertEquals(before, repository.published().targetsVersion());
        assertEquals(audited + 1, audit.head().sequence(), "the draft alone was audited");
        JsonNode after = admin().get("/admin/v1/policies/assignments").json();
        assertEquals(draft.path("revision"), after.at("/draft/revision"), "the draft is still there");
    }

    private JsonNode assignments(String policy) {
        String text = """
                apiVersion: cordon.io/v1
                kind: Assignments
                metadata: {name: assignments, title: Who gets what}
                spec:
                  rules:
                    - select: {}
                      policy: %s
                """.formatted(policy);
        TestClient.Answer present = admin().get("/admin/v1/policies/assignments");
        if (present.status() == 404) {
            return admin().post("/admin/v1/policies", Map.of("source", text, "reason", "test"))
                    .json()
                    .path("draft");
        }
        int expected = present.json().at("/draft/revision").asInt(0);
        return admin().put(
                        "/admin/v1/policies/assignments/draft",
                        Map.of("source", text, "reason", "test", "expectedRevision", expected))
                .json();
    }

    @Test
    void assignmentsOfPublishedPoliciesAreSigned() throws IOException {
        published(name);
        JsonNode draft = assignments(name);
        TestClient.Answer answer = publish("assignments", draft.path("revision").asInt());
        assertEquals(200, answer.status(), answer.text());
        assertTrue(verified(client()).targets().files().containsKey("assignments.yaml"));
    }

    @Test
    void theHeadChangesExactlyWithWhatEndpointsHaveToFetch() {
        byte[] before = repository.published().hash();
        create(name, "a draft alone");
        assertArrayEquals(before, repository.published().hash());
        published(name + "-b");
        assertFalse(java.util.Arrays.equals(before, repository.published().hash()));
    }

    @Test
    void versionedFilesMayBeCachedForEverAndTheTimestampNot() {
        TestClient http = server.as(Role.VIEWER);
        TestClient.Answer root = http.get("/tuf/metadata/1.root.json");
        assertEquals(200, root.status());
        assertTrue(root.header("Cache-Control").contains("immutable"), root.header("Cache-Control"));
        TestClient.Answer timestamp = http.get("/tuf/metadata/timestamp.json");
        assertTrue(timestamp.header("Cache-Control").contains("no-cache"), timestamp.header("Cache-Control"));
        assertEquals(
                304,
                http.with("If-None-Match", timestamp.header("ETag"))
                        .get("/tuf/metadata/timestamp.json")
                        .status());
        TestClient.Answer next = http.get("/tuf/metadata/999.root.json");
        assertEquals(404, next.status());
        assertTrue(next.header("Cache-Control").contains("no-cache"), next.header("Cache-Control"));
    }

    @Test
    void nothingBesideTheRepositoryIsServed() {
        TestClient http = server.as(Role.VIEWER);
        for (String path : List.of("metadata/targets.json", "metadata/..%2f1.root.json", "targets/..%2f..%2fsecrets")) {
            assertEquals(404, http.get("/tuf/" + path).status(), path);
        }
    }

    @Test
    void theStatusSaysThatApprovalsAreNotSeparated() {
        JsonNode status = server.as(Role.VIEWER).get("/admin/v1/repository").json();
        assertEquals("none", status.path("separation").asText());
        assertTrue(status.path("separationNotice").asText().startsWith("approvals are not separated"));
        assertEquals(
                repository.published().targetsVersion(),
                status.at("/versions/targets").asLong());
        assertNotEquals("", status.at("/expires/timestamp").asText());
    }
}
