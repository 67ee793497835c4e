package io.cordon.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.server.TestClient;
import io.cordon.server.TestClock;
import io.cordon.server.TestServer;
import io.cordon.server.platform.CordonConfig;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SignInTest {

    @Inject
    TestServer server;

    @Inject
    TestClock clock;

    @Inject
    CordonConfig config;

    @Inject
    DataSource database;

    @AfterEach
    void forgetAttempts() throws SQLException {
        clock.reset();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from sign_in_failures");
        }
    }

    private TestClient.Answer signIn(String user, String password) {
        return server.anonymous().post("/admin/v1/session", Map.of("user", user, "password", password));
    }

    private String password() throws IOException {
        return Files.readString(config.data().resolve("admin-password")).strip();
    }

    private static String cookie(TestClient.Answer answer) {
        return answer.header("Set-Cookie").split(";", 2)[0];
    }

    @Test
    void keepsTheFirstPasswordForTheOwnerAlone() throws IOException {
        Path file = config.data().resolve("admin-password");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(password().length() >= 20);
    }

    @Test
    void opensASessionThatOnlyThisHostsPagesCanUse() throws IOException {
        TestClient.Answer answer = signIn("admin", password());
        assertEquals(201, answer.status(), answer.text());
        String cookie = answer.header("Set-Cookie");
        assertTrue(cookie.startsWith("__Host-cordon-session="), cookie);
        for (String attribute : new String[] {"HttpOnly", "Secure", "SameSite=Strict", "Path=/"}) {
            assertTrue(cookie.contains(attribute), attribute + " in " + cookie);
        }
        assertEquals("administrator", answer.json().at("/roles/0").asText());
        TestClient client = server.anonymous().with("Cookie", cookie(answer));
        assertEquals("admin", client.get("/admin/v1/session").json().get("user").asText());
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownUserAlike() {
        TestClient.Answer wrong = signIn("admin", "not the password");
        TestClient.Answer unknown = signIn("nobody-of-that-name", "not the password");
        assertEquals(401, wrong.status());
        assertEquals("access.bad-credentials", wrong.code());
        assertEquals(wrong.text(), unknown.text());
    }

    @Test
    void refusesUnsafeMethodsWithoutTheAntiForgeryHeader() {
        TestClient administrator = server.as(Role.ADMINISTRATOR);
        Map<String, String> token = Map.of("group", "csrf", "reason", "a test");
        assertEquals(
                "access.csrf",
                administrator
                        .without("X-Cordon-CSRF")
                        .post("/admin/v1/enrollment-tokens", token)
                        .code());
        assertEquals(
                "access.csrf",
                administrator
                        .with("X-Cordon-CSRF", "guess")
                        .post("/admin/v1/enrollment-tokens", token)
                        .code());
        assertEquals(
                201, administrator.post("/admin/v1/enrollment-tokens", token).status());
        assertEquals(
                200,
                administrator.without("X-Cordon-CSRF").get("/admin/v1/session").status());
    }

    @Test
    void endsTheSessionAtSignOut() {
        TestClient viewer = server.as(Role.VIEWER);
        assertEquals(204, viewer.delete("/admin/v1/session").status());
        assertEquals("access.not-signed-in", viewer.get("/admin/v1/session").code());
    }

    @Test
    void endsAnIdleSession() {
        TestClient viewer = server.as(Role.VIEWER);
        clock.advance(Duration.ofMinutes(29));
        assertEquals(200, viewer.get("/admin/v1/session").status());
        clock.advance(Duration.ofMinutes(29));
        assertEquals(200, viewer.get("/admin/v1/session").status());
        clock.advance(Duration.ofMinutes(31));
        assertEquals("access.not-signed-in", viewer.get("/admin/v1/session").code());
    }

    @Test
    void endsASessionThatIsUsedAllDay() {
        TestClient viewer = server.as(Role.VIEWER);
        for (int i = 0; i < 24; i++) {
            assertEquals(200, viewer.get("/admin/v1/session").status());
            clock.advance(Duration.ofMinutes(29));
        }
        clock.advance(Duration.ofMinutes(25));
        assertEquals("access.not-signed-in", viewer.get("/admin/v1/session").code());
    }

    @Test
    void limitsAttemptsAndLetsInAgainLater() throws IOException {
        for (int i = 0; i < 10; i++) {
            assertEquals("access.bad-credentials", signIn("admin", "guess " + i).code());
        }
        TestClient.Answer limited = signIn("admin", password());
        assertEquals(429, limited.status());
        assertEquals("access.rate-limited", limited.code());
        assertEquals("600", limited.header("Retry-After"));
        clock.advance(Duration.ofMinutes(11));
        assertEquals(201, signIn("admin", password()).status());
    }

    @Test
    void auditsTheSignIn() throws IOException {
        signIn("admin", password());
        TestClient.Answer audit = server.as(Role.ANALYST).get("/admin/v1/audit?limit=1");
        assertEquals("access.sign-in", audit.json().at("/items/0/action").asText());
        assertTrue(server.as(Role.ANALYST)
                .get("/admin/v1/audit/verify")
                .json()
                .get("intact")
                .asBoolean());
    }

    @Test
    void managesUsersAndTakesAwayAtOnce() throws IOException {
        TestClient administrator = server.as(Role.ADMINISTRATOR);
        Map<String, Object> carol = Map.of(
                "name", "carol",
                "displayName", "Carol",
                "roles", new String[] {"viewer"},
                "password", "a long password",
                "reason", "a test");
        assertEquals(201, administrator.post("/admin/v1/users", carol).status());
        assertEquals(
                "access.user-exists",
                administrator.post("/admin/v1/users", carol).code());
        TestClient client = server.anonymous().with("Cookie", cookie(signIn("carol", "a long password")));
        assertEquals(403, client.get("/admin/v1/audit").status());
        administrator.put("/admin/v1/users/carol", Map.of("roles", new String[] {"analyst"}, "reason", "promoted"));
        assertEquals(200, client.get("/admin/v1/audit").status());
        administrator.put("/admin/v1/users/carol", Map.of("disabled", true, "reason", "left"));
        assertEquals("access.not-signed-in", client.get("/admin/v1/audit").code());
        assertEquals(
                "access.bad-credentials", signIn("carol", "a long password").code());
        assertEquals(
                "access.last-administrator",
                administrator
                        .put("/admin/v1/users/admin", Map.of("disabled", true, "reason", "a slip"))
                        .code());
        assertFalse(administrator.get("/admin/v1/users").text().contains("argon2"));
    }
}
