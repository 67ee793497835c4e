package io.cordon.server.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.trust.FetchException;
import io.cordon.policy.trust.Fetcher;
import io.cordon.policy.trust.InMemoryTrustStore;
import io.cordon.policy.trust.Limits;
import io.cordon.policy.trust.RefreshResult;
import io.cordon.policy.trust.Role;
import io.cordon.policy.trust.TrustClient;
import io.cordon.server.TestClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The signed metadata never runs out while a server lives: each role's is renewed at half of its lifetime, by one node. */
@QuarkusTest
class RenewalTest {

    @Inject
    SignedRepository repository;

    @Inject
    RepositoryUpkeep upkeep;

    @Inject
    TrustConfig config;

    @Inject
    TestClock clock;

    @BeforeEach
    void renewWhatIsDue() {
        upkeep.renew();
        assertEquals(Optional.empty(), repository.renew());
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    private Duration lifetime(Role role) {
        return switch (role) {
            case ROOT -> config.rootLifetime();
            case TARGETS -> config.targetsLifetime();
            case SNAPSHOT -> config.snapshotLifetime();
            case TIMESTAMP -> config.timestampLifetime();
        };
    }

    private Instant due(Role role) {
        return repository.begun().expires(role).minus(lifetime(role).dividedBy(2));
    }

    private void goTo(Instant at) {
        clock.advance(Duration.between(clock.instant(), at));
    }

    private TrustClient client() throws Exception {
        Fetcher fetcher =
                (path, maxLength) -> repository.file(path).orElseThrow(() -> new FetchException.NotFound(path));
        TrustClient client = new TrustClient(new InMemoryTrustStore(), fetcher, clock, Limits.standard());
        client.initialise(repository.seed());
        return client;
    }

    @Test
    void renewsTheTimestampAloneAtHalfOfItsLifetimeAndNotSooner() {
        Head before = repository.begun();
        goTo(due(Role.TIMESTAMP).minus(Duration.ofMinutes(5)));
        assertEquals(Optional.empty(), repository.renew());
        goTo(due(Role.TIMESTAMP).plusSeconds(5));
        assertEquals(Optional.of("trust.renew-timestamp"), repository.renew());

        Head after = repository.begun();
        assertEquals(before.version(Role.TIMESTAMP) + 1, after.version(Role.TIMESTAMP));
        for (Role role : new Role[] {Role.ROOT, Role.TARGETS, Role.SNAPSHOT}) {
            assertEquals(before.version(role), after.version(role), role.text());
            assertEquals(before.expires(role), after.expires(role), role.text());
        }
        Duration left = Duration.between(clock.instant(), after.expires(Role.TIMESTAMP));
        assertTrue(left.compareTo(lifetime(Role.TIMESTAMP).minusMinutes(5)) > 0, left.toString());
        assertEquals(Optional.empty(), repository.renew());
    }

    @Test
    void renewsEachRoleWhenItIsDueAndClientsFollow() throws Exception {
        TrustClient client = client();
        for (Role role : new Role[] {Role.SNAPSHOT, Role.TARGETS, Role.ROOT}) {
            Head before = repository.begun();
            goTo(due(role).plusSeconds(5));
            upkeep.renew();
            Head after = repository.begun();
            assertEquals(before.version(role) + 1, after.version(role), role.text());
            assertTrue(after.expires(role).isAfter(before.expires(role)), role.text());
            assertEquals(Optional.empty(), repository.renew());
            for (Role any : Role.values()) {
                assertTrue(after.expires(any).isAfter(clock.instant()), any.text());
            }
            RefreshResult.Verified verified = assertInstanceOf(RefreshResult.Verified.class, client.refresh());
            assertEquals(after.version(role), version(verified, role), role.text());
        }
    }

    private static long version(RefreshResult.Verified verified, Role role) {
        return switch (role) {
            case ROOT -> verified.targets().versions().root();
            case TARGETS -> verified.targets().versions().targets();
            case SNAPSHOT -> verified.targets().versions().snapshot();
            case TIMESTAMP -> verified.targets().versions().timestamp();
        };
    }

    @Test
    void leavesItToTheNodeThatHoldsTheLease() throws Exception {
        goTo(due(Role.TIMESTAMP).plusSeconds(5));
        long before = repository.begun().version(Role.TIMESTAMP);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> QuarkusTransaction.requiringNew()
                .call(() -> {
                    repository.lock();
                    held.countDown();
                    return release.await(60, TimeUnit.SECONDS);
                }));
        try {
            assertTrue(held.await(60, TimeUnit.SECONDS));
            assertEquals(Optional.empty(), repository.renew());
            assertEquals(before, repository.begun().version(Role.TIMESTAMP));
        } finally {
            release.countDown();
        }
        assertTrue(other.get(60, TimeUnit.SECONDS));
        upkeep.renew();
        assertEquals(before + 1, repository.begun().version(Role.TIMESTAMP));
    }
}
