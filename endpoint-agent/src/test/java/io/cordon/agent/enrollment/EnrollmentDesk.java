package io.cordon.agent.enrollment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.cordon.agent.testing.FleetServer;
import io.cordon.agent.testing.TestAuthority;
import io.cordon.agent.testing.TestRepository;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The server's side of enrollment, honest unless told otherwise. */
public final class EnrollmentDesk {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestAuthority authority;
    private final TestRepository repository;
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

    volatile String endpointId = "7b3f1f6e-1111-4222-8333-444455556666";
    volatile List<String> groups = List.of("engineering");
    volatile Map<String, String> tags = Map.of("team", "a");
    volatile boolean losesReplies;

    public EnrollmentDesk(TestAuthority authority, TestRepository repository) {
        this.authority = authority;
        this.repository = repository;
    }

    List<JsonNode> requests() {
        return requests;
    }

    List<PublicKey> keys() {
        List<PublicKey> keys = new ArrayList<>();
        requests.forEach(
                request -> keys.add(TestAuthority.requested(request.path("csr").asText())));
        return keys;
    }

    /** Answers {@code POST /agent/v1/enrollments}. */
    public void enroll(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
        requests.add(request);
        if (losesReplies) {
            exchange.close();
            return;
        }
        FleetServer.reply(exchange, 201, "application/json", JSON.writeValueAsBytes(answer(request)));
    }

    ObjectNode answer(JsonNode request) {
        List<String> seed = repository.seedPaths();
        ObjectNode answer = JSON.createObjectNode()
                .put("endpointId", endpointId)
                .put("certificate", certificate(request))
                .put("authorities", authority.pem())
                .put("group", groups.get(0));
        answer.putObject("trust")
                .put("root", repository.file(seed.get(0)))
                .put("timestamp", repository.file(seed.get(1)))
                .put("snapshot", repository.file(seed.get(2)));
        return answer;
    }

    private String certificate(JsonNode request) {
        Instant now = Instant.now();
        return authority.device(
                TestAuthority.requested(request.path("csr").asText()),
                endpointId,
                groups,
                tags,
                now.minus(Duration.ofMinutes(1)),
                now.plus(Duration.ofDays(7)));
    }

    /** Answers {@code POST /agent/v1/certificates}. */
    public void renew(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
        requests.add(request);
        FleetServer.reply(
                exchange,
                200,
                "application/json",
                JSON.writeValueAsBytes(JSON.createObjectNode()
                        .put("certificate", certificate(request))
                        .put("authorities", authority.pem())));
    }

    /** Enrolls for tests that begin after it. */
    public static DeviceIdentity enrolled(FleetServer server, TestAuthority authority, IdentityStore store)
            throws Exception {
        return enrolled(server, authority, store, Duration.ofMinutes(1));
    }

    /** Enrolled that long ago, for seven days. */
    public static DeviceIdentity enrolled(
            FleetServer server, TestAuthority authority, IdentityStore store, Duration ago) throws Exception {
        Instant begin = Instant.now().minus(ago);
        DeviceKey key = store.key();
        String id = "7b3f1f6e-1111-4222-8333-444455556666";
        String pem = authority.device(
                key.open(), id, List.of("engineering"), Map.of("team", "a"), begin, begin.plus(Duration.ofDays(7)));
        DeviceIdentity identity = new DeviceIdentity(
                server.uri(), key, DeviceCertificate.read(pem), Certificates.read(authority.pem()), begin);
        store.save(identity);
        return identity;
    }
}
