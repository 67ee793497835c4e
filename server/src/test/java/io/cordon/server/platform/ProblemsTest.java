package io.cordon.server.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.cordon.server.access.Role;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProblemsTest {

    @Inject
    TestServer server;

    private static void assertProblem(int status, String code, TestClient.Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(code, answer.code(), answer.text());
        assertTrue(answer.header("Content-Type").startsWith("application/problem+json"), answer.header("Content-Type"));
        assertEquals(status, answer.json().get("status").asInt());
        for (String member : new String[] {"type", "title", "detail"}) {
            assertFalse(answer.json().path(member).asText().isEmpty(), member);
        }
    }

    @Test
    void answersEveryErrorWithProblemDetails() {
        TestClient administrator = server.as(Role.ADMINISTRATOR);
        String tokens = "/admin/v1/enrollment-tokens";
        assertProblem(404, "platform.not-found", administrator.get("/admin/v1/nothing-here"));
        assertProblem(404, "fleet.endpoint-not-found", administrator.get("/admin/v1/endpoints/nonsense"));
        assertProblem(405, "platform.method-not-allowed", administrator.put(tokens, Map.of()));
        assertProblem(415, "platform.unsupported-media-type", administrator.post(tokens, new byte[] {1}, "text/plain"));
        assertProblem(400, "platform.bad-request", administrator.post(tokens, "{\"group\": nonsense"));
        assertProblem(400, "platform.bad-request", administrator.post(tokens, Map.of("surprise", 1)));
        assertProblem(400, "platform.invalid", administrator.post(tokens, Map.of("group", "g", "reason", "")));
        assertProblem(400, "platform.invalid", administrator.get(tokens + "?limit=0"));
        assertProblem(400, "platform.bad-cursor", administrator.get(tokens + "?cursor=bm9uc2Vuc2U"));
        assertProblem(400, "platform.invalid", administrator.get("/admin/v1/endpoints?state=nonsense"));
        byte[] large = new byte[(1 << 20) + 1];
        Arrays.fill(large, (byte) ' ');
        assertProblem(413, "platform.too-large", administrator.post(tokens, large, "application/json"));
    }

    @Test
    void namesTheFieldThatIsInvalid() {
        TestClient.Answer answer = server.as(Role.ADMINISTRATOR)
                .post("/admin/v1/enrollment-tokens", Map.of("group", "NOT ALLOWED", "reason", "a test"));
        assertEquals("wanted.group", answer.json().at("/errors/0/field").asText());
    }

    @Test
    void guardsEveryAnswerWithSecurityHeaders() {
        TestClient.Answer answer = server.anonymous().get("/admin/v1/session/options");
        assertTrue(answer.header("Content-Security-Policy").contains("frame-ancestors 'none'"));
        assertTrue(answer.header("Content-Security-Policy").contains("script-src 'self'"));
        assertTrue(answer.header("Strict-Transport-Security").contains("max-age"));
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    }

    @Test
    void servesTheConsoleForLinksIntoItAndNothingElse() {
        TestClient browser = server.anonymous().with("Accept", "text/html,application/xhtml+xml");
        TestClient.Answer page = browser.get("/endpoints/some-id");
        assertEquals(200, page.status(), page.text());
        assertTrue(page.text().contains("<html"), page.text());
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals("no-store", browser.get("/").header("Cache-Control"));
        assertEquals(
                "public, max-age=31536000, immutable",
                browser.get("/assets/harness-0a1b2c3d.js").header("Cache-Control"));
        assertProblem(404, "platform.not-found", browser.get("/assets/gone-0a1b2c3d.js"));
        assertProblem(404, "platform.not-found", browser.get("/v1/nothing-here"));
        assertProblem(404, "platform.not-found", server.anonymous().get("/endpoints/some-id"));
    }

    @Test
    void isReadyAndSaysWhatFollowsFromEachCheck() {
        TestClient.Answer ready = readiness();
        // The server listens for publications a moment after it has started.
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                ready.status() == 503 && System.nanoTime() < end;
                ready = readiness()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertEquals(200, ready.status(), ready.text());
        assertTrue(ready.text().contains("consequence"), ready.text());
        assertTrue(server.anonymous().get("/q/metrics").text().contains("cordon_fleet_held_replies"));
    }

    private TestClient.Answer readiness() {
        return server.anonymous().get("/q/health/ready");
    }
}
