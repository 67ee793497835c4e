package io.cordon.agent.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.enrollment.Enrollment;
import io.cordon.agent.enrollment.EnrollmentDesk;
import io.cordon.agent.enrollment.EnrollmentResult;
import io.cordon.agent.enrollment.EnrollmentResult.Failure;
import io.cordon.agent.enrollment.IdentityStore;
import io.cordon.agent.enrollment.MachineFacts;
import io.cordon.agent.enrollment.TimeLimits;
import io.cordon.agent.main.PendingEnrollment.Step;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.sync.Backoff;
import io.cordon.agent.testing.FleetServer;
import io.cordon.agent.testing.MutableClock;
import io.cordon.agent.testing.TestAuthority;
import io.cordon.agent.testing.TestRepository;
import io.cordon.agent.testing.TestSecrets;
import io.cordon.policy.trust.FetchException;
import io.cordon.policy.trust.InMemoryTrustStore;
import io.cordon.policy.trust.Limits;
import io.cordon.policy.trust.TrustClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PendingEnrollmentTest {
    private static final String TOKEN = "cet1.abcdefghijklmnop." + "A".repeat(43) + "." + "b".repeat(43);
    private static final String SERVER = "https://cordon.example.com:8443";

    @TempDir
    Path dir;

    private AgentLayout layout = new AgentLayout(Path.of("/"), Path.of("/"));
    private final List<URI> asked = new ArrayList<>();

    @BeforeEach
    void folders() {
        layout = new AgentLayout(dir, dir.resolve("run"));
    }

    private void leave(String content) throws IOException {
        Files.writeString(PendingEnrollment.file(layout), content);
    }

    private void leave() throws IOException {
        leave("{\"server\":\"" + SERVER + "\",\"token\":\"" + TOKEN + "\"}\n");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }

    private PendingEnrollment failing(Failure failure, Optional<String> managed) {
        return new PendingEnrollment(layout, managed, (server, token) -> {
            asked.add(server);
            assertEquals(TOKEN, token.text());
            return new EnrollmentResult.Failed(failure, "because");
        });
    }

    private PendingEnrollment failing(Failure failure) {
        return failing(failure, Optional.empty());
    }

    @Test
    void withoutAFileNothingIsTried() throws Exception {
        assertEquals(new Step.Nothing(), failing(Failure.UNREACHABLE).step());
        assertEquals(List.of(), asked);
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"TOKEN_MALFORMED", "TOKEN_UNKNOWN", "TOKEN_USED", "TOKEN_EXPIRED", "TOKEN_REVOKED", "OTHER_FLEET"})
    void aTokenThatCanNeverBeUsedIsDeleted(Failure failure) throws Exception {
        leave();
        assertEquals(new Step.Useless("because"), failing(failure).step());
        assertEquals(List.of(), files());
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TOKEN_MALFORMED", "TOKEN_UNKNOWN", "TOKEN_USED", "TOKEN_EXPIRED", "TOKEN_REVOKED", "OTHER_FLEET"})
    void anythingElseIsTriedAgain(Failure failure) throws Exception {
        leave();
        assertEquals(new Step.Later("because"), failing(failure).step());
        assertEquals(List.of("enroll.json"), files());
        assertEquals(List.of(URI.create(SERVER)), asked);
    }

    @Test
    void aManagedServerWinsOverTheFile() throws Exception {
        leave();
        failing(Failure.UNREACHABLE, Optional.of("https://managed.example.com")).step();
        assertEquals(List.of(URI.create("https://managed.example.com")), asked);
    }

    @Test
    void aManagedServerMakesUpForAMissingOne() throws Exception {
        leave("{\"token\":\"" + TOKEN + "\"}");
        assertInstanceOf(Step.Later.class, failing(Failure.UNREACHABLE).step());
        assertEquals(List.of(), asked);
        failing(Failure.UNREACHABLE, Optional.of(SERVER)).step();
        assertEquals(List.of(URI.create(SERVER)), asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"server\":\"http://cordon.example.com\",\"token\":\"x\"}",
                "{\"server\":\"https://cordon.example.com/path\",\"token\":\"x\"}"
            })
    void whatMakesNoSenseAsksNobodyAndStaysForWhoeverWroteIt(String content) throws Exception {
        leave(content);
        assertInstanceOf(Step.Later.class, failing(Failure.UNREACHABLE).step());
        assertEquals(List.of("enroll.json"), files());
        assertEquals(List.of(), asked);
    }

    @Test
    void whatIsNoTokenIsDeletedAndNotQuoted() throws Exception {
        leave("{\"server\":\"" + SERVER + "\",\"token\":\"swordfish\"}");
        Step.Useless step = assertInstanceOf(
                Step.Useless.class, failing(Failure.UNREACHABLE).step());
        assertFalse(step.message().contains("swordfish"), step.message());
        assertEquals(List.of(), files());
    }

    /** Runs as root, as the agent does; fails without. */
    @Test
    void aFileOfAnotherAccountIsNotUsed() throws Exception {
        leave();
        Files.setAttribute(PendingEnrollment.file(layout), "unix:uid", 65534);
        Step.Later step =
                assertInstanceOf(Step.Later.class, failing(Failure.UNREACHABLE).step());
        assertTrue(step.message().contains("belongs to"), step.message());
        assertEquals(List.of(), asked);
        assertEquals(List.of("enroll.json"), files());
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path other =
                Files.writeString(dir.resolve("other"), "{\"server\":\"" + SERVER + "\",\"token\":\"" + TOKEN + "\"}");
        Files.createSymbolicLink(PendingEnrollment.file(layout), other);
        assertInstanceOf(Step.Later.class, failing(Failure.UNREACHABLE).step());
        assertEquals(List.of(), asked);
    }

    @Test
    void enrollsAtARealServerAndLeavesNoToken() throws Exception {
        TestAuthority authority = new TestAuthority("fleet");
        MutableClock clock = new MutableClock();
        EnrollmentDesk desk = new EnrollmentDesk(authority, new TestRepository(clock));
        IdentityStore identities = new IdentityStore(new TestSecrets());
        try (FleetServer server = new FleetServer(authority)) {
            server.on("/agent/v1/enrollments", desk::enroll);
            leave("{\"server\":\"" + server.uri() + "\",\"token\":\"" + authority.token() + "\"}");
            Enrollment enrollment = new Enrollment(
                    identities,
                    new TrustClient(new InMemoryTrustStore(), PendingEnrollmentTest::noFetch, clock, Limits.standard()),
                    new MachineFacts("ab".repeat(32), "host", "linux", "Debian", "x86_64", "0.1.0"),
                    clock,
                    TimeLimits.standard());
            PendingEnrollment pending =
                    new PendingEnrollment(layout, Optional.empty(), (at, token) -> enrollment.enroll(at, token, null));
            try (EnrollmentWatch watch = EnrollmentWatch.start(pending, new Backoff(new Random(1)))) {
                long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (!files().isEmpty()) {
                    assertTrue(System.nanoTime() < until, "not enrolled: " + watch.problem());
                    Thread.onSpinWait();
                }
                assertEquals(Optional.empty(), watch.problem());
            }
        }
        assertInstanceOf(IdentityStore.Loaded.Enrolled.class, identities.load());
    }

    @Test
    void theLastProblemIsKeptForTheStatus() throws Exception {
        leave();
        try (EnrollmentWatch watch = EnrollmentWatch.start(failing(Failure.UNREACHABLE), new Backoff(new Random(1)))) {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (watch.problem().isEmpty()) {
                assertTrue(System.nanoTime() < until, "no problem is told");
                Thread.onSpinWait();
            }
            assertEquals(
                    "enrollment failed and is tried again: because",
                    watch.problem().orElseThrow());
        }
    }

    private static byte[] noFetch(String path, int most) throws FetchException {
        throw new FetchException("enrollment fetches nothing");
    }
}
