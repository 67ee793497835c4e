package io.cordon.server.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cordon.policy.trust.TargetContent;
import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.cordon.server.access.Role;
import io.cordon.server.enrollment.TestEndpoint;
import io.cordon.server.trust.SignedRepository;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import opamp.proto.v1.Anyvalue.AnyValue;
import opamp.proto.v1.Anyvalue.KeyValue;
import opamp.proto.v1.Opamp.AgentConfigFile;
import opamp.proto.v1.Opamp.AgentConfigMap;
import opamp.proto.v1.Opamp.AgentDescription;
import opamp.proto.v1.Opamp.AgentDisconnect;
import opamp.proto.v1.Opamp.AgentToServer;
import opamp.proto.v1.Opamp.ComponentHealth;
import opamp.proto.v1.Opamp.EffectiveConfig;
import opamp.proto.v1.Opamp.RemoteConfigStatus;
import opamp.proto.v1.Opamp.RemoteConfigStatuses;
import opamp.proto.v1.Opamp.ServerToAgent;
import opamp.proto.v1.Opamp.ServerToAgentFlags;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

@QuarkusTest
class OpampTest {

    @Inject
    TestServer server;

    @Inject
    SignedRepository repository;

    @Inject
    HeadWatch watch;

    @Inject
    ControlChannel channel;

    @Inject
    Contacts contacts;

    @Inject
    FleetStore fleet;

    @Inject
    DataSource database;

    private static ByteString uid(UUID id) {
        return ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static AgentToServer.Builder full(
            UUID id, byte[] lastHash, RemoteConfigStatuses status, String reason, long targets) {
        String policy = "{\"policyName\":\"balanced\",\"policyVersion\":3,\"digest\":\"d\",\"mode\":\"enforce\","
                + "\"targetsVersion\":" + targets
                + ",\"rootVersion\":1,\"documents\":[{\"target\":\"policies/balanced.yaml\","
                + "\"revision\":3,\"digest\":\"d\",\"kind\":\"SandboxPolicy\"}],\"notices\":[\"note\"],\"later\":1}";
        return AgentToServer.newBuilder()
                .setInstanceUid(uid(id))
                .setSequenceNum(1)
                .setAgentDescription(AgentDescription.newBuilder()
                        .addIdentifyingAttributes(attribute("service.version", "0.1.7"))
                        .addNonIdentifyingAttributes(attribute("host.name", "renamed-" + id)))
                .setHealth(ComponentHealth.newBuilder()
                        .setHealthy(false)
                        .putComponentHealthMap(
                                "spool",
                                ComponentHealth.newBuilder()
                                        .setHealthy(false)
                                        .setLastError("the disk is full")
                                        .build()))
                .setEffectiveConfig(EffectiveConfig.newBuilder()
                        .setConfigMap(AgentConfigMap.newBuilder()
                                .putConfigMap(
                                        "policy",
                                        AgentConfigFile.newBuilder()
                                                .setBody(ByteString.copyFromUtf8(policy))
                                                .build())))
                .setRemoteConfigStatus(RemoteConfigStatus.newBuilder()
                        .setLastRemoteConfigHash(ByteString.copyFrom(lastHash))
                        .setStatus(status)
                        .setErrorMessage(reason));
    }

    private CompletableFuture<ServerToAgent> send(TestEndpoint.Enrolled endpoint, AgentToServer message) {
        return endpoint.client()
                .sendAsync(
                        "POST",
                        "/opamp/v1",
                        BodyPublishers.ofByteArray(message.toByteArray()),
                        "application/x-protobuf")
                .thenApply(answer -> {
                    assertEquals(200, answer.status(), answer.text());
                    try {
                        return ServerToAgent.parseFrom(answer.bytes());
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    /** A report of somebody who has applied what is published: its reply is held. */
    private AgentToServer upToDate(UUID id) {
        return full(
                        id,
                        repository.published().hash(),
                        RemoteConfigStatuses.RemoteConfigStatuses_APPLIED,
                        "",
                        repository.published().targetsVersion())
                .build();
    }

    private void awaitHead() {
        await(
                "the watch knows the head",
                () -> watch.head().hasHash(repository.published().hash()));
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 60 s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private void publishSomething() {
        byte[] note = ("note " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
        QuarkusTransaction.requiringNew()
                .run(() -> repository.publish(Map.of(
                        "policies/opamp-test.yaml", new TargetContent(note, JsonNodeFactory.instance.objectNode()))));
    }

    private JsonNode detail(UUID id) {
        contacts.flush();
        return server.as(Role.VIEWER).get("/admin/v1/endpoints/" + id).json();
    }

    @Test
    void offersAtOnceWhatIsPublishedAndNotYetApplied() throws Exception {
        TestEndpoint.Enrolled endpoint = TestEndpoint.enrolled(server, "opamp-offer", "engineering");
        awaitHead();
        ServerToAgent reply = send(
                        endpoint,
                        full(endpoint.id(), new byte[0], RemoteConfigStatuses.RemoteConfigStatuses_UNSET, "", 0)
                                .build())
                .get(60, TimeUnit.SECONDS);
        assertEquals(uid(endpoint.id()), reply.getInstanceUid());
        assertArrayEquals(
                repository.published().hash(),
                reply.getRemoteConfig().getConfigHash().toByteArray());
        JsonNode hint = new ObjectMapper()
                .readTree(reply.getRemoteConfig()
                        .getConfig()
                        .getConfigMapMap()
                        .get("cordon.repository")
                        .getBody()
                        .toByteArray());
        assertEquals(
                repository.published().targetsVersion(),
                hint.get("targetsVersion").asLong());
        assertEquals(
                repository.published().snapshotVersion(),
                hint.get("snapshotVersion").asLong());
    }

    @Test
    void holdsTheReplyUntilSomethingIsPublished() throws Exception {
        TestEndpoint.Enrolled endpoint = TestEndpoint.enrolled(server, "opamp-hold", "engineering");
        awaitHead();
        int before = channel.waiting();
        CompletableFuture<ServerToAgent> reply = send(endpoint, upToDate(endpoint.id()));
        await("the reply is held", () -> channel.waiting() > before);
        assertFalse(reply.isDone());
        publishSomething();
        ServerToAgent answer = reply.get(60, TimeUnit.SECONDS);
        assertArrayEquals(
                repository.published().hash(),
                answer.getRemoteConfig().getConfigHash().toByteArray());
        assertEquals("pending", detail(endpoint.id()).get("state").asText());
    }

    /** By which every node answers at once, and not only when it looks again. */
    @Test
    void aPublicationIsToldToWhoeverListensOnTheDatabase() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("listen " + SignedRepository.CHANNEL);
            publishSomething();
            PGNotification[] told =
                    connection.unwrap(PGConnection.class).getNotifications((int) TimeUnit.SECONDS.toMillis(60));
            statement.execute("unlisten *");
            assertEquals(1, told.length);
            assertEquals(Long.toString(repository.published().targetsVersion()), told[0].getParameter());
        }
        await("this server listens too", watch::isListening);
    }

    @Test
    void answersTheOlderRequestWhenAnEndpointAsksAnew() throws Exception {
        TestEndpoint.Enrolled endpoint = TestEndpoint.enrolled(server, "opamp-twice", "engineering");
        awaitHead();
        int before = channel.waiting();
        CompletableFuture<ServerToAgent> first = send(endpoint, upToDate(endpoint.id()));
        await("the first reply is held", () -> channel.waiting() > before);
        CompletableFuture<ServerToAgent> second = send(endpoint, upToDate(endpoint.id()));
        assertFalse(first.get(60, TimeUnit.SECONDS).hasRemoteConfig());
        publishSomething();
        assertTrue(second.get(60, TimeUnit.SECONDS).hasRemoteConfig());
    }

    @Test
    void showsWhatTheEndpointReports() throws Exception {
        TestEndpoint.Enrolled endpoint = TestEndpoint.enrolled(server, "opamp-report", "engineering");
        assertEquals("never-synced", detail(endpoint.id()).get("state").asText());
        awaitHead();
        AgentToServer report = full(
                        endpoint.id(),
                        repository.published().hash(),
                        RemoteConfigStatuses.RemoteConfigStatuses_APPLIED,
                        "",
                        repository.published().targetsVersion())
                .setAgentDisconnect(AgentDisconnect.getDefaultInstance())
                .build();
        send(endpoint, report).get(60, TimeUnit.SECONDS);
        JsonNode detail = detail(endpoint.id());
        assertEquals("in-force", detail.get("state").asText(), detail.toString());
        assertEquals("balanced", detail.get("policyName").asText());
        assertEquals(3, detail.get("policyVersion").asInt());
        assertEquals("0.1.7", detail.get("agentVersion").asText());
        assertEquals("renamed-" + endpoint.id(), detail.get("hostname").asText());
        assertEquals(
                "the disk is full", detail.at("/health/components/0/status").asText());
        assertEquals(
                "policies/balanced.yaml",
                detail.at("/effectivePolicy/documents/0/target").asText());
        assertEquals("APPLIED", detail.at("/lastAttempt/status").asText());
        assertTrue(Duration.between(Instant.parse(detail.get("lastContactAt").asText()), Instant.now())
                        .compareTo(Duration.ofMinutes(1))
                < 0);
    }

    @Test
    void showsARefusalWithItsReasonThatOutlivesGoingBack() throws Exception {
        TestEndpoint.Enrolled endpoint = TestEndpoint.enrolled(server, "opamp-refused", "engineering");
        byte[] a = {1};
        byte[] b = {2};
        report(endpoint, a, RemoteConfigStatuses.RemoteConfigStatuses_APPLIED, "");
        report(endpoint, b, RemoteConfigStatuses.RemoteConfigStatuses_FAILED, "targets: signature threshold not met");
        report(endpoint, a, RemoteConfigStatuses.RemoteConfigStatuses_APPLIED, "");
        JsonNode detail = detail(endpoint.id());
        assertEquals("refused", detail.get("state").asText());
        assertEquals(
                "targets: signature threshold not met",
                detail.get("stateReason").asText());
        assertEquals(3, fleet.attempts(endpoint.id(), 10).size());
        report(endpoint, b, RemoteConfigStatuses.RemoteConfigStatuses_APPLIED, "");
        assertEquals("APPLIED", detail(endpoint.id()).at("/lastAttempt/status").asText());
    }

    private void report(TestEndpoint.Enrolled endpoint, byte[] hash, RemoteConfigStatuses status, String reason)
            throws Exception {
        send(
                        endpoint,
                        full(endpoint.id(), hash, status, reason, 1)
                                .setAgentDisconnect(AgentDisconnect.getDefaultInstance())
                                .build())
                .get(60, TimeUnit.SECONDS);
    }

    @Test
    void asksForTheFullStateWhenItDoesNotKnowWhatWentBefore() throws Exception {
        TestEndpoint.Enrolled endpoint = TestEndpoint.enrolled(server, "opamp-compressed", "engineering");
        AgentToServer compressed = AgentToServer.newBuilder()
                .setInstanceUid(uid(endpoint.id()))
                .setSequenceNum(7)
                .build();
        ServerToAgent reply = send(endpoint, compressed).get(60, TimeUnit.SECONDS);
        assertEquals(
                ServerToAgentFlags.ServerToAgentFlags_ReportFullState_VALUE,
                reply.getFlags() & ServerToAgentFlags.ServerToAgentFlags_ReportFullState_VALUE);
    }

    @Test
    void refusesAMessageInAnothersName() {
        TestEndpoint.Enrolled endpoint = TestEndpoint.enrolled(server, "opamp-mismatch", "engineering");
        TestClient.Answer answer = endpoint.client()
                .post("/opamp/v1", upToDate(UUID.randomUUID()).toByteArray(), "application/x-protobuf");
        assertEquals(403, answer.status());
        assertEquals("fleet.identity-mismatch", answer.code());
    }

    @Test
    void refusesWhatItCannotDecode() {
        TestEndpoint.Enrolled endpoint = TestEndpoint.enrolled(server, "opamp-garbage", "engineering");
        TestClient client = endpoint.client();
        byte[] garbage = {-1, -1, -1, -1};
        assertEquals(
                "fleet.undecodable",
                client.post("/opamp/v1", garbage, "application/x-protobuf").code());
        assertEquals(
                "fleet.undecodable",
                client.with("Content-Encoding", "gzip")
                        .post("/opamp/v1", garbage, "application/x-protobuf")
                        .code());
        assertEquals(
                "platform.unsupported-media-type",
                client.post("/opamp/v1", garbage, "text/plain").code());
        assertEquals(
                "fleet.certificate-required",
                server.anonymous()
                        .post("/opamp/v1", garbage, "application/x-protobuf")
                        .code());
    }
}
