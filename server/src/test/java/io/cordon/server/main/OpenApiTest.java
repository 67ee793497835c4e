package io.cordon.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed document is the contract with the console; {@code -Dopenapi.update=true} writes it anew. */
@QuarkusTest
class OpenApiTest {

    private static final Path COMMITTED = Path.of("openapi", "admin-v1.json");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Inject
    TestServer server;

    @Test
    void isTheOneThatIsCommitted() throws IOException {
        TestClient.Answer answer = server.anonymous().get("/admin/v1/openapi");
        assertEquals(200, answer.status());
        assertTrue(answer.header("Content-Type").startsWith("application/json"), answer.header("Content-Type"));
        String served = JSON.writeValueAsString(answer.json()) + "\n";
        if (Boolean.getBoolean("openapi.update")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, served);
        }
        assertEquals(
                Files.readString(COMMITTED),
                served,
                "the admin API has changed: run the test with -Dopenapi.update=true and commit openapi/admin-v1.json");
    }

    @Test
    void holdsTheAdminApiAlone() {
        JsonNode paths = server.anonymous().get("/admin/v1/openapi").json().get("paths");
        assertTrue(paths.size() > 10);
        paths.fieldNames().forEachRemaining(path -> assertTrue(path.startsWith("/admin/v1/"), path));
    }
}
