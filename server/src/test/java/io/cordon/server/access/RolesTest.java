package io.cordon.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each endpoint against each role, over HTTPS. Whether the body is right does not matter: permission comes first. */
@QuarkusTest
class RolesTest {

    /** Method, path, and the roles that pass. */
    private record Row(String method, String path, Set<Role> allowed) {
        static Row of(String method, String path, Role... allowed) {
            return new Row(method, path, Set.copyOf(Arrays.asList(allowed)));
        }
    }

    private static final String ID = "00000000-0000-0000-0000-000000000001";

    private static final List<Row> TABLE = List.of(
            Row.of("GET", "/admin/v1/session", Role.values()),
            Row.of("GET", "/admin/v1/endpoints", Role.values()),
            Row.of("GET", "/admin/v1/endpoints/" + ID, Role.values()),
            Row.of("POST", "/admin/v1/endpoints/" + ID + "/disable", Role.ADMINISTRATOR),
            Row.of("POST", "/admin/v1/endpoints/" + ID + "/enable", Role.ADMINISTRATOR),
            Row.of("GET", "/admin/v1/enrollment-tokens", Role.ADMINISTRATOR, Role.APPROVER),
            Row.of("POST", "/admin/v1/enrollment-tokens", Role.ADMINISTRATOR),
            Row.of("DELETE", "/admin/v1/enrollment-tokens/x", Role.ADMINISTRATOR),
            Row.of("GET", "/admin/v1/audit", Role.ADMINISTRATOR, Role.APPROVER, Role.ANALYST),
            Row.of("GET", "/admin/v1/audit/verify", Role.ADMINISTRATOR, Role.APPROVER, Role.ANALYST),
            Row.of("GET", "/admin/v1/users", Role.ADMINISTRATOR),
            Row.of("POST", "/admin/v1/users", Role.ADMINISTRATOR),
            Row.of("PUT", "/admin/v1/users/nobody", Role.ADMINISTRATOR),
            Row.of("GET", "/admin/v1/policies", Role.values()),
            Row.of("POST", "/admin/v1/policies", Role.ADMINISTRATOR, Role.APPROVER),
            Row.of("PUT", "/admin/v1/policies/roles-test/draft", Role.ADMINISTRATOR, Role.APPROVER),
            Row.of("POST", "/admin/v1/policies/roles-test/publish", Role.ADMINISTRATOR, Role.APPROVER));

    @Inject
    TestServer server;

    private static TestClient.Answer call(TestClient client, Row row) {
        return client.send(row.method(), row.path(), BodyPublishers.ofString("{}"), "application/json");
    }

    @Test
    void refusesWhoeverLacksThePermissionAndNobodyElse() {
        Map<Role, TestClient> clients = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            clients.put(role, server.as(role));
        }
        for (Row row : TABLE) {
            clients.forEach((role, client) -> {
                TestClient.Answer answer = call(client, row);
                if (row.allowed().contains(role)) {
                    assertNotEquals(403, answer.status(), role + " " + row + " " + answer.text());
                    assertNotEquals(500, answer.status(), role + " " + row + " " + answer.text());
                } else {
                    assertEquals("access.forbidden", answer.code(), role + " " + row);
                }
            });
        }
    }

    @Test
    void refusesWhoeverIsNotSignedIn() {
        for (Row row : TABLE) {
            TestClient.Answer answer = call(server.anonymous(), row);
            assertEquals(401, answer.status(), row.toString());
            assertEquals("access.not-signed-in", answer.code(), row.toString());
        }
    }
}
