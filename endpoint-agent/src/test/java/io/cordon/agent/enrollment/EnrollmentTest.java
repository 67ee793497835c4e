package io.cordon.agent.enrollment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.enrollment.EnrollmentResult.Failure;
import io.cordon.agent.testing.FleetServer;
import io.cordon.agent.testing.MutableClock;
import io.cordon.agent.testing.TestAuthority;
import io.cordon.agent.testing.TestRepository;
import io.cordon.agent.testing.TestSecrets;
import io.cordon.policy.trust.FetchException;
import io.cordon.policy.trust.Fetcher;
import io.cordon.policy.trust.InMemoryTrustStore;
import io.cordon.policy.trust.Limits;
import io.cordon.policy.trust.LoadResult;
import io.cordon.policy.trust.StoredFile;
import io.cordon.policy.trust.TrustClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnrollmentTest {
    private static final Fetcher NO_NETWORK = (path, most) -> {
        throw new FetchException("enrollment fetches nothing");
    };
    private static final TimeLimits LIMITS =
            new TimeLimits(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60));

    private final TestAuthority authority = new TestAuthority("fleet");
    private final MutableClock clock = new MutableClock();
    private final TestRepository repository = new TestRepository(clock);
    private final EnrollmentDesk desk = new EnrollmentDesk(authority, repository);
    private final TestSecrets secrets = new TestSecrets();
    private final IdentityStore store = new IdentityStore(secrets);
    private final InMemoryTrustStore trusted = new InMemoryTrustStore();
    private final TrustClient trust = new TrustClient(trusted, NO_NETWORK, clock, Limits.standard());
    private final FleetServer server = start();

    private FleetServer start() {
        try {
            return new FleetServer(authority);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void openDesk() {
        server.on(Enrollment.PATH, desk::enroll);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private EnrollmentResult enroll(URI at, String token, TimeLimits limits, byte @Nullable [] root) throws Exception {
        MachineFacts machine = new MachineFacts("ab".repeat(32), "host", "linux", "Debian", "x86_64", "0.1.0");
        EnrollmentToken parsed = ((EnrollmentToken.Parsed.Token) EnrollmentToken.parse(token)).token();
        return new Enrollment(store, trust, machine, clock, limits).enroll(at, parsed, root);
    }

    private EnrollmentResult enroll() throws Exception {
        return enroll(server.uri(), authority.token(), LIMITS, null);
    }

    private void assertFails(Failure expected, String says, EnrollmentResult result) {
        EnrollmentResult.Failed failed = assertInstanceOf(EnrollmentResult.Failed.class, result);
        assertEquals(expected, failed.failure(), failed.message());
        assertTrue(failed.message().contains(says), failed.message());
        assertFalse(failed.message().contains("s".repeat(43)), "the secret is never shown");
    }

    @Test
    void enrollsAndKeepsAWholeIdentity() throws Exception {
        EnrollmentResult.Enrolled enrolled = assertInstanceOf(EnrollmentResult.Enrolled.class, enroll());
        assertFalse(enrolled.again());
        IdentityStore.Loaded.Enrolled loaded = assertInstanceOf(IdentityStore.Loaded.Enrolled.class, store.load());
        assertEquals(desk.endpointId, loaded.identity().endpointId());
        assertEquals(Set.of("engineering"), loaded.identity().certificate().groups());
        assertEquals("a", loaded.identity().certificate().tags().get("team"));
        assertEquals(server.uri(), loaded.identity().server());
        assertEquals("ab".repeat(32), desk.requests().get(0).path("machineId").asText());
        assertInstanceOf(LoadResult.Nothing.class, trust.loadTrusted(), "the root is pinned");
    }

    @Test
    void keyIsStoredBeforeItIsSent() throws Exception {
        AtomicBoolean stored = new AtomicBoolean();
        server.on(Enrollment.PATH, exchange -> {
            stored.set(secrets.read("key.pem").isPresent());
            desk.enroll(exchange);
        });
        enroll();
        assertTrue(stored.get());
    }

    @Test
    void lostReplyIsRepeatedWithTheSameKey() throws Exception {
        desk.losesReplies = true;
        assertFails(Failure.UNREACHABLE, "run the same command again", enroll());
        assertInstanceOf(IdentityStore.Loaded.NotEnrolled.class, store.load());
        desk.losesReplies = false;
        assertInstanceOf(EnrollmentResult.Enrolled.class, enroll());
        assertEquals(1, Set.copyOf(desk.keys()).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void crashBetweenAnyTwoWritesIsResumed(int writes) throws Exception {
        secrets.crashAfterWrites(writes);
        assertThrows(IOException.class, this::enroll);
        assertInstanceOf(IdentityStore.Loaded.NotEnrolled.class, store.load());
        secrets.recover();
        EnrollmentResult.Enrolled enrolled = assertInstanceOf(EnrollmentResult.Enrolled.class, enroll());
        assertEquals(desk.endpointId, enrolled.identity().endpointId());
        assertEquals(1, Set.copyOf(desk.keys()).size(), "one key for one machine");
        assertEquals("endpoint.json", secrets.writes().get(secrets.writes().size() - 1));
    }

    @Test
    void enrollingAgainKeepsTheIdAndTheKey() throws Exception {
        enroll();
        desk.groups = java.util.List.of("finance");
        EnrollmentResult.Enrolled again = assertInstanceOf(EnrollmentResult.Enrolled.class, enroll());
        assertTrue(again.again());
        assertEquals(Set.of("finance"), again.identity().certificate().groups());
        assertEquals(1, Set.copyOf(desk.keys()).size());
    }

    @Test
    void anotherFleetDoesNotTakeThisMachineOver() throws Exception {
        enroll();
        TestAuthority other = new TestAuthority("other");
        try (FleetServer elsewhere = new FleetServer(other)) {
            elsewhere.on(Enrollment.PATH, new EnrollmentDesk(other, new TestRepository(clock))::enroll);
            assertFails(
                    Failure.OTHER_FLEET,
                    "cordon-agent uninstall",
                    enroll(elsewhere.uri(), other.token(), LIMITS, null));
            assertTrue(elsewhere.requests().isEmpty());
        }
        desk.endpointId = "00000000-0000-4000-8000-000000000000";
        assertFails(Failure.OTHER_FLEET, "uninstall", enroll());
        assertEquals(
                "7b3f1f6e-1111-4222-8333-444455556666",
                ((IdentityStore.Loaded.Enrolled) store.load()).identity().endpointId());
    }

    @ParameterizedTest
    @CsvSource({
        "404, enrollment.token-unknown, TOKEN_UNKNOWN, complete",
        "409, enrollment.token-used, TOKEN_USED, Create a new one",
        "410, enrollment.token-expired, TOKEN_EXPIRED, Create a new one",
        "410, enrollment.token-revoked, TOKEN_REVOKED, Ask for a new one",
        "400, enrollment.csr-invalid, REFUSED, enrollment.csr-invalid",
        "429, access.rate-limited, SERVER_BUSY, again later",
        "503, platform.internal, SERVER_BUSY, again later",
        "403, access.forbidden, REFUSED, access.forbidden"
    })
    void refusalSaysWhatToDo(int status, String code, Failure failure, String says) throws Exception {
        server.on(Enrollment.PATH, exchange -> FleetServer.problem(exchange, status, code));
        assertFails(failure, says, enroll());
        assertInstanceOf(IdentityStore.Loaded.NotEnrolled.class, store.load());
    }

    @Test
    void serverOfAnotherAuthorityGetsNothing() throws Exception {
        try (FleetServer imposter = new FleetServer(new TestAuthority("fleet"))) {
            assertFails(
                    Failure.PIN_MISMATCH,
                    "is not the one that issued this token",
                    enroll(imposter.uri(), authority.token(), LIMITS, null));
            assertTrue(imposter.requests().isEmpty());
        }
    }

    @Test
    void certificateForAnotherNameIsRefused() throws Exception {
        try (FleetServer named = new FleetServer(authority.server("cordon.example.com"))) {
            assertFails(Failure.HOST_NAME, "127.0.0.1", enroll(named.uri(), authority.token(), LIMITS, null));
            assertTrue(named.requests().isEmpty());
        }
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        try (FleetServer elsewhere = new FleetServer(authority)) {
            elsewhere.on(Enrollment.PATH, desk::enroll);
            server.on(Enrollment.PATH, exchange -> {
                exchange.getResponseHeaders().set("Location", elsewhere.uri() + Enrollment.PATH);
                FleetServer.reply(exchange, 307, "text/plain", "over there");
            });
            assertFails(Failure.NOT_CORDON, "307", enroll());
            assertTrue(elsewhere.requests().isEmpty());
        }
    }

    @Test
    void endlessReplyIsCutOff() throws Exception {
        server.on(Enrollment.PATH, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(201, 0);
            byte[] noise = new byte[64 << 10];
            try {
                while (true) {
                    exchange.getResponseBody().write(noise);
                }
            } finally {
                exchange.close();
            }
        });
        assertFails(Failure.NOT_CORDON, "more than", enroll());
    }

    @Test
    void trickledReplyEndsWithTheTimeLimit() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.on(Enrollment.PATH, FleetServer.trickle(201, over));
        TimeLimits brief = new TimeLimits(Duration.ofSeconds(60), Duration.ofMillis(700), Duration.ofSeconds(60));
        assertFails(Failure.UNREACHABLE, "no reply in time", enroll(server.uri(), authority.token(), brief, null));
        over.countDown();
    }

    @ParameterizedTest
    @CsvSource({"PT3H30M, 3 hours ahead", "PT-60H, 2 days behind", "PT6M30S, 6 minutes ahead"})
    void clockFarOffIsNamed(Duration off, String says) throws Exception {
        clock.advance(off);
        assertFails(Failure.CLOCK, says, enroll());
        assertInstanceOf(IdentityStore.Loaded.NotEnrolled.class, store.load());
    }

    @Test
    void smallClockDifferenceIsFine() throws Exception {
        clock.advance(Duration.ofMinutes(4));
        assertInstanceOf(EnrollmentResult.Enrolled.class, enroll());
    }

    @Test
    void nothingListening() throws Exception {
        // Bound, so that nobody else listens there.
        try (Socket silent = new Socket()) {
            silent.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            assertFails(
                    Failure.UNREACHABLE,
                    "no connection",
                    enroll(URI.create("https://127.0.0.1:" + silent.getLocalPort()), authority.token(), LIMITS, null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{}", "[]", "{\"endpointId\":\"x\",\"certificate\":\"y\"}"})
    void somethingElseThatAnswersIsNamed(String body) throws Exception {
        server.on(Enrollment.PATH, exchange -> FleetServer.reply(exchange, 201, "text/html", body));
        assertFails(Failure.NOT_CORDON, "is not a Cordon server", enroll());
    }

    @Test
    void certificateForAnotherKeyIsRefused() throws Exception {
        IdentityStore elsewhere = new IdentityStore(new TestSecrets());
        String foreign = elsewhere.key().certificateRequest();
        server.on(Enrollment.PATH, exchange -> {
            var request = new com.fasterxml.jackson.databind.ObjectMapper()
                    .createObjectNode()
                    .put("csr", foreign);
            FleetServer.reply(
                    exchange, 201, "application/json", desk.answer(request).toString());
        });
        assertFails(Failure.NOT_CORDON, "another key", enroll());
    }

    @Test
    void pinnedRootFromElsewhereWinsOverTheServers() throws Exception {
        TestRepository real = new TestRepository(clock);
        byte[] root = real.file("metadata/1.root.json");
        assertInstanceOf(EnrollmentResult.Enrolled.class, enroll(server.uri(), authority.token(), LIMITS, root));
        assertArrayEquals(root, trusted.read(StoredFile.ROOT).orElseThrow());
        enroll();
        assertArrayEquals(root, trusted.read(StoredFile.ROOT).orElseThrow(), "the server's own root never replaces it");
    }

    @Test
    void damagedIdentityIsNamedAndNotUsed() throws Exception {
        enroll();
        secrets.write("cert.pem", "rubbish".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        IdentityStore.Loaded.Corrupt corrupt = assertInstanceOf(IdentityStore.Loaded.Corrupt.class, store.load());
        assertTrue(corrupt.message().contains("cordon-agent uninstall"), corrupt.message());
        assertFails(Failure.CORRUPT, "uninstall", enroll());
    }
}
