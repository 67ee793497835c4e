package io.cordon.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.cordon.server.access.Role;
import io.cordon.server.enrollment.TestEndpoint;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.UUID;
import opamp.proto.v1.Opamp.AgentConfigFile;
import opamp.proto.v1.Opamp.AgentConfigMap;
import opamp.proto.v1.Opamp.AgentDisconnect;
import opamp.proto.v1.Opamp.AgentToServer;
import opamp.proto.v1.Opamp.EffectiveConfig;
import org.junit.jupiter.api.Test;

/** From an endpoint's report to what an administrator sees. */
@QuarkusTest
class InventoryReportTest {

    @Inject
    TestServer server;

    private final String host = "inventory-" + UUID.randomUUID();

    private static TestClient.Answer report(TestEndpoint.Enrolled endpoint, String inventory) {
        UUID id = endpoint.id();
        AgentToServer message = AgentToServer.newBuilder()
                .setInstanceUid(ByteString.copyFrom(ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .flip()))
                .setSequenceNum(1)
                .setEffectiveConfig(EffectiveConfig.newBuilder()
                        .setConfigMap(AgentConfigMap.newBuilder()
                                .putConfigMap(
                                        "inventory",
                                        AgentConfigFile.newBuilder()
                                                .setBody(ByteString.copyFromUtf8(inventory))
                                                .build())))
                // or the reply is held
                .setAgentDisconnect(AgentDisconnect.getDefaultInstance())
                .build();
        return endpoint.client().post("/opamp/v1", message.toByteArray(), "application/x-protobuf");
    }

    private JsonNode get(String path) {
        TestClient.Answer answer = server.as(Role.VIEWER).get("/admin/v1/" + path);
        assertEquals(200, answer.status(), answer.text());
        return answer.json();
    }

    @Test
    void showsWhatTheEndpointReports() {
        TestEndpoint.Enrolled endpoint = TestEndpoint.enrolled(server, host, "engineering");
        JsonNode before = get("endpoints/" + endpoint.id() + "/inventory");
        assertTrue(before.get("reportedAt").isNull());
        assertEquals(0, before.at("/inventory/installations").size());

        TestClient.Answer answer = report(endpoint, """
                {"installations": [
                   {"agent": "codex", "title": "Codex", "standing": "managed", "version": "0.169.0", "source": "npm",
                    "path": "/home/anna/x", "owner": "anna", "sha256": "", "size": 3, "modified": null, "refusal": "too-old"},
                   {"agent": "newer", "title": "Newer", "standing": "something-later", "version": "1\\u0000", "later": 1}],
                 "uses": [{"agent": "codex", "title": "Codex", "standing": "managed", "user": "anna",
                    "lastUsed": "2026-11-20T10:00:00Z", "running": 2}],
                 "mcpServers": [{"agent": "codex", "user": "anna", "name": "docs", "command": ["npx"], "allowed": false}],
                 "settings": [{"agent": "codex", "files": [], "limits": ["hosts"]}],
                 "drifts": [{"agent": "codex", "at": "2026-11-20T10:00:00Z", "path": "/etc/x", "diff": "-a\\n+b"}],
                 "later": {}}
                """);
        assertEquals(200, answer.status(), answer.text());

        JsonNode shown = get("endpoints/" + endpoint.id() + "/inventory");
        assertTrue(shown.get("reportedAt").isTextual());
        assertEquals("0.169.0", shown.at("/inventory/installations/0/version").asText());
        assertEquals("unknown", shown.at("/inventory/installations/1/standing").asText());
        assertEquals("1", shown.at("/inventory/installations/1/version").asText());
        assertEquals(false, shown.at("/inventory/mcpServers/0/allowed").asBoolean());
        assertEquals("-a\n+b", shown.at("/inventory/drifts/0/diff").asText());

        JsonNode rows = get("coding-agents?endpoint=" + endpoint.id() + "&agent=codex&refusal=any")
                .get("items");
        assertEquals(1, rows.size(), rows.toString());
        assertEquals(host, rows.at("/0/hostname").asText());
        assertEquals("anna", rows.at("/0/user").asText());
        assertEquals(2, rows.at("/0/running").asInt());
        JsonNode counts = get("coding-agents/counts?endpoint=" + endpoint.id());
        assertEquals(2, counts.size(), counts.toString());
        assertEquals(1, counts.at("/0/endpoints").asInt());
    }

    @Test
    void pagesTheList() {
        TestEndpoint.Enrolled endpoint = TestEndpoint.enrolled(server, host, "engineering");
        StringBuilder many = new StringBuilder("{\"installations\": [");
        for (int i = 0; i < 5; i++) {
            many.append(i == 0 ? "" : ",")
                    .append("{\"agent\":\"codex\",\"title\":\"Codex\",\"path\":\"/p")
                    .append(i)
                    .append("\",\"version\":\"1\"}");
        }
        assertEquals(200, report(endpoint, many.append("]}").toString()).status());
        String list = "coding-agents?endpoint=" + endpoint.id() + "&limit=2";
        JsonNode first = get(list);
        assertEquals("/p0", first.at("/items/0/path").asText());
        JsonNode second = get(list + "&cursor=" + first.get("nextCursor").asText());
        assertEquals("/p2", second.at("/items/0/path").asText());
        JsonNode third = get(list + "&cursor=" + second.get("nextCursor").asText());
        assertEquals(1, third.get("items").size());
        assertTrue(third.get("nextCursor").isNull());
    }

    @Test
    void refusesAnInventoryThatIsTooLargeOrNoJson() {
        TestEndpoint.Enrolled endpoint = TestEndpoint.enrolled(server, host, "engineering");
        TestClient.Answer large = report(endpoint, "{\"problems\": [\"" + "x".repeat(512 << 10) + "\"]}");
        assertEquals(413, large.status());
        assertEquals("fleet.inventory-too-large", large.code());
        assertEquals("fleet.undecodable", report(endpoint, "{").code());
        assertEquals(
                "fleet.undecodable", report(endpoint, "{\"installations\": 3}").code());
        assertTrue(get("endpoints/" + endpoint.id() + "/inventory")
                .get("reportedAt")
                .isNull());
    }

    @Test
    void refusesFiltersThatAreNone() {
        TestClient viewer = server.as(Role.VIEWER);
        assertEquals(
                "platform.invalid",
                viewer.get("/admin/v1/coding-agents?standing=odd").code());
        assertEquals(
                "platform.invalid",
                viewer.get("/admin/v1/coding-agents?refusal=odd").code());
        assertEquals(
                "platform.invalid",
                viewer.get("/admin/v1/coding-agents?endpoint=odd").code());
        assertEquals(
                "platform.bad-cursor",
                viewer.get("/admin/v1/coding-agents?cursor=odd").code());
        assertEquals(
                "fleet.endpoint-not-found",
                viewer.get("/admin/v1/endpoints/" + UUID.randomUUID() + "/inventory")
                        .code());
        assertEquals(
                "access.not-signed-in",
                server.anonymous().get("/admin/v1/coding-agents").code());
    }
}
