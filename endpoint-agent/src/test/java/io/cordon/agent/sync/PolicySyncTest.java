package io.cordon.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.enrollment.TimeLimits;
import io.cordon.agent.health.Component;
import io.cordon.agent.testing.FleetServer;
import io.cordon.agent.testing.TestRepository;
import io.cordon.policy.document.Digest;
import io.cordon.policy.trust.RepositoryFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySyncTest {
    private final SyncFixture fixture;

    PolicySyncTest(@TempDir Path folder) throws Exception {
        fixture = new SyncFixture(folder);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void assertApplied(Attempt attempt) {
        assertEquals(Attempt.Status.APPLIED, attempt.status(), attempt.reason());
    }

    private void assertRefused(String code, Attempt attempt) {
        assertEquals(Attempt.Status.REFUSED, attempt.status(), attempt.reason());
        assertTrue(attempt.reason().startsWith(code), attempt.reason());
    }

    @Test
    void strictestHoldsUntilSomethingIsVerified() {
        assertEquals("builtin-strictest v0", fixture.inForce());
        assertFalse(fixture.health.report().healthy());
    }

    @Test
    void publishedPolicyComesIntoForceAndSurvivesARestartWithoutNetwork() throws Exception {
        fixture.publish("curl");
        assertApplied(fixture.sync.run(null));
        assertEquals("test v1", fixture.inForce());
        fixture.publish("wget");
        assertApplied(fixture.sync.run(null));
        assertEquals("test v2", fixture.inForce());
        Digest digest = fixture.inForce.current().digest();

        fixture.server.close();
        assertEquals("", fixture.restart());
        assertEquals("test v2", fixture.inForce());
        assertEquals(digest, fixture.inForce.current().digest());
        assertEquals(Attempt.Status.UNREACHABLE, fixture.sync.run(null).status());
        assertEquals("test v2", fixture.inForce());
    }

    @Test
    void noAssignmentMeansTheStrictest() throws Exception {
        fixture.repository
                .put("policies/test.yaml", TestRepository.policy("test", "curl"))
                .publish();
        assertApplied(fixture.sync.run(null));
        assertEquals("builtin-strictest v0", fixture.inForce());
    }

    @Test
    void oneRefusedDocumentRefusesTheWholeSetAndKeepsTheLast() throws Exception {
        fixture.publish("curl");
        assertApplied(fixture.sync.run(null));
        fixture.repository
                .put("policies/other.yaml", "apiVersion: cordon.io/v1\nkind: SandboxPolicy\nnonsense: true\n")
                .put("policies/test.yaml", TestRepository.policy("test", "wget"))
                .publish();
        assertRefused("policy.document-invalid: policies/other.yaml", fixture.sync.run(null));
        assertEquals("test v1", fixture.inForce());

        String problem = fixture.restart();
        assertTrue(problem.startsWith("policy.document-invalid"), problem);
        assertEquals("test v1", fixture.inForce(), "also after a restart");
        assertTrue(fixture.keeper.inForce().staleSince().isPresent(), "and it is known not to be the newest");
    }

    @Test
    void olderMetadataReplayedIsRefused() throws Exception {
        fixture.publish("curl");
        RepositoryFiles older = fixture.repository.files();
        fixture.publish("wget");
        assertApplied(fixture.sync.run(null));
        fixture.repository.serve(older);
        assertRefused("trust.rollback", fixture.sync.run(null));
        assertEquals("test v2", fixture.inForce());
    }

    @Test
    void tamperedDocumentIsRefused() throws Exception {
        fixture.publish("curl");
        String path = fixture.repository.files().files().keySet().stream()
                .filter(each -> each.endsWith(".test.yaml"))
                .findFirst()
                .orElseThrow();
        byte[] altered = fixture.repository.file(path).clone();
        altered[altered.length - 2] ^= 1;
        fixture.repository.serve(fixture.repository.files().with(new RepositoryFiles(Map.of(path, altered))));
        assertRefused("trust.hash", fixture.sync.run(null));
        assertEquals("builtin-strictest v0", fixture.inForce());
    }

    @Test
    void oversizeMetadataIsCutOff() throws Exception {
        fixture.publish("curl");
        fixture.repository.serve(fixture.repository
                .files()
                .with(new RepositoryFiles(Map.of(RepositoryFiles.TIMESTAMP, new byte[2 << 20]))));
        assertRefused("trust.too-large", fixture.sync.run(null));
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        try (FleetServer elsewhere = new FleetServer(fixture.authority)) {
            fixture.publish("curl");
            elsewhere.on("/tuf/*", fixture.repository::handle);
            fixture.server.on("/tuf/*", exchange -> {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                elsewhere.uri() + exchange.getRequestURI().getPath());
                FleetServer.reply(exchange, 302, "text/plain", "");
            });
            Attempt attempt = fixture.sync.run(null);
            assertEquals(Attempt.Status.UNREACHABLE, attempt.status(), attempt.reason());
            assertTrue(elsewhere.requests().isEmpty());
        }
    }

    @Test
    void trickledMetadataEndsWithTheTimeLimit() throws Exception {
        TimeLimits brief = new TimeLimits(Duration.ofSeconds(60), Duration.ofMillis(500), Duration.ofSeconds(60));
        CountDownLatch over = new CountDownLatch(1);
        try (SyncFixture impatient = new SyncFixture(fixture.folder.resolve("impatient"), brief)) {
            impatient.server.on("/tuf/*", FleetServer.trickle(200, over));
            Attempt attempt = impatient.sync.run(null);
            assertEquals(Attempt.Status.UNREACHABLE, attempt.status(), attempt.reason());
            assertTrue(attempt.reason().contains("no complete reply within"), attempt.reason());
        } finally {
            over.countDown();
        }
    }

    @Test
    void expiredMetadataKeepsThePolicyAndSaysSinceWhen() throws Exception {
        fixture.publish("curl");
        assertApplied(fixture.sync.run(null));
        fixture.clock.advance(Duration.ofDays(2));
        assertTrue(fixture.keeper.tick(), "time alone makes it stale, offline too");
        assertEquals("test v1", fixture.inForce());
        assertTrue(fixture.keeper.inForce().staleSince().isPresent());
        assertFalse(fixture.health.report().components().get(Component.POLICY).healthy());
        assertFalse(fixture.keeper.tick(), "and is told once");

        fixture.repository.refreshTimestamp();
        assertApplied(fixture.sync.run(null));
        assertTrue(fixture.keeper.inForce().staleSince().isEmpty());
        assertTrue(fixture.health.report().components().get(Component.POLICY).healthy());
    }

    @Test
    void exceptionEndsByItselfAndStaysEndedWhenTheClockIsSetBack() throws Exception {
        fixture.repository
                .put("policies/test.yaml", TestRepository.policy("test", "curl"))
                .put("assignments.yaml", TestRepository.assignTo("test"))
                .put("exceptions/online.yaml", exception(fixture.clock.instant()))
                .publish();
        assertApplied(fixture.sync.run(null));
        Digest widened = fixture.inForce.current().digest();
        fixture.clock.advance(Duration.ofHours(2));
        assertTrue(fixture.keeper.tick());
        Digest narrow = fixture.inForce.current().digest();
        assertFalse(widened.equals(narrow));

        fixture.clock.advance(Duration.ofHours(-2));
        fixture.keeper.tick();
        assertEquals(narrow, fixture.inForce.current().digest());
    }

    private static String exception(java.time.Instant now) {
        return """
                apiVersion: cordon.io/v1
                kind: Exception
                metadata: {name: online, title: Online, description: For a test., created: "%s"}
                spec:
                  owner: ops@example.com
                  reason: A test.
                  until: "%s"
                  endpoints: ["7b3f1f6e-1111-4222-8333-444455556666"]
                  widen: {network: {mode: online}}
                """.formatted(
                        now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).minusSeconds(60),
                        now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).plusSeconds(3600));
    }

    @Test
    void damagedRepositoryOnDiskFallsBackToWhatWasApplied() throws Exception {
        fixture.publish("curl");
        assertApplied(fixture.sync.run(null));
        damage("trust/targets.complete");
        fixture.restart();
        assertEquals("test v1", fixture.inForce());
        assertTrue(fixture.keeper.inForce().staleSince().isPresent());
        assertApplied(fixture.sync.run(null));
        assertTrue(fixture.keeper.inForce().staleSince().isEmpty(), "and is whole again after the next round");
    }

    @Test
    void damagedRootOnDiskLeavesTheStrictest() throws Exception {
        fixture.publish("curl");
        assertApplied(fixture.sync.run(null));
        damage("trust/root.json");
        damage("trust/root.ahead");
        assertFalse(fixture.restart().isEmpty());
        assertEquals("builtin-strictest v0", fixture.inForce());
        assertEquals(Attempt.Status.REFUSED, fixture.sync.run(null).status());
    }

    @Test
    void damagedAppliedPolicyIsIgnoredNotTrusted() throws Exception {
        fixture.publish("curl");
        assertApplied(fixture.sync.run(null));
        Path file = fixture.folder.resolve("policy/applied.json");
        Files.writeString(file, Files.readString(file).replace("\"targetsVersion\":2", "\"targetsVersion\":9"));
        damage("trust/targets.complete");
        fixture.restart();
        assertEquals("builtin-strictest v0", fixture.inForce());
    }

    private void damage(String name) throws Exception {
        Path file = fixture.folder.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x20;
        Files.write(file, bytes);
    }

    @Test
    void hintIsAnsweredOnlyByWhatItNames() throws Exception {
        fixture.publish("curl");
        assertApplied(fixture.sync.run(new Offer("aa".repeat(32), 2, 2)));
        assertEquals("aa".repeat(32), fixture.keeper.inForce().offer());
        Attempt attempt = fixture.sync.run(new Offer("bb".repeat(32), 99, 99));
        assertRefused("sync.repository-behind", attempt);
        assertEquals("aa".repeat(32), fixture.keeper.inForce().offer());
        assertEquals("test v1", fixture.inForce());
    }

    @Test
    void hintOutlivesARestart() throws Exception {
        fixture.publish("curl");
        assertApplied(fixture.sync.run(new Offer("aa".repeat(32), 2, 2)));
        fixture.restart();
        assertEquals("aa".repeat(32), fixture.keeper.inForce().offer());
    }

    @Test
    void disabledEndpointKeepsItsPolicy() throws Exception {
        fixture.publish("curl");
        assertApplied(fixture.sync.run(null));
        fixture.server.on("/tuf/*", exchange -> FleetServer.problem(exchange, 403, "fleet.endpoint-disabled"));
        Attempt attempt = fixture.sync.run(null);
        assertEquals(Attempt.Status.UNREACHABLE, attempt.status());
        assertTrue(attempt.reason().contains("fleet.endpoint-disabled"), attempt.reason());
        assertTrue(fixture.connection.disabled());
        assertEquals("test v1", fixture.inForce());
    }
}
