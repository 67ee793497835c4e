package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.refused;
import static io.cordon.policy.trust.Repository.verified;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Time: one start time, a floor below which it never falls (T-3), expiry at every refresh (T-9), a clock that is off. */
class ClockRulesTest {
    private final Repository repository = new Repository();
    private final InMemoryTrustStore store = new InMemoryTrustStore();
    private final Instant start = repository.clock.instant();

    @Test
    void clockSetBackBeforeAnEarlierUpdateIsRefusedAndNamed() throws IOException {
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        repository.clock.set(start.minus(Duration.ofHours(1)));

        Rejection rejection = refused(Refusal.CLOCK_BEHIND, client.refresh());

        assertTrue(rejection.message().contains("check the clock"), rejection::message);
        refused(Refusal.CLOCK_BEHIND, repository.client(store).refresh());
    }

    @Test
    void clockSetBackAfterExpiryDoesNotMakeMetadataValidAgain() throws IOException {
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        repository.clock.advance(Duration.ofDays(8));
        refused(Refusal.EXPIRED, client.refresh());

        repository.clock.set(start.plus(Duration.ofDays(1)));
        refused(Refusal.CLOCK_BEHIND, client.refresh());
        refused(Refusal.CLOCK_BEHIND, client.download("policies/balanced.yaml"));
    }

    @Test
    void clockBehindByLessThanTimeSynchronisationNeedsUsesTheFloor() throws IOException {
        TrustClient client = repository.enrolled(store);
        repository.clock.set(start.plus(Duration.ofDays(7)).minusSeconds(10));
        verified(client.refresh());
        repository.clock.set(start.plus(Duration.ofDays(7)).plusSeconds(10));
        refused(Refusal.EXPIRED, client.refresh());

        repository.clock.set(start.plus(Duration.ofDays(7)).minusSeconds(10));
        refused(Refusal.EXPIRED, client.refresh());
    }

    @Test
    void damagedFloorIsWrittenAnew() throws IOException {
        TrustClient client = repository.enrolled(store);
        store.write(StoredFile.CLOCK_FLOOR, new byte[] {'?'});

        verified(client.refresh());

        assertEquals(
                start.toString(),
                new String(store.read(StoredFile.CLOCK_FLOOR).orElseThrow(), StandardCharsets.US_ASCII));
    }

    @Test
    void floorRaisedByAClockFarAheadIsLoweredOnlyByStartingOver() throws IOException {
        TrustClient client = repository.enrolled(store);
        repository.clock.set(start.plus(Duration.ofDays(36_500)));
        refused(Refusal.EXPIRED, client.refresh());
        repository.clock.set(start);
        refused(Refusal.CLOCK_BEHIND, client.refresh());

        assertInstanceOf(SeedResult.Kept.class, client.initialise(repository.published.seed()));
        refused(Refusal.CLOCK_BEHIND, client.refresh());
        assertInstanceOf(SeedResult.Pinned.class, client.startOver(repository.published.seed()));
        verified(client.refresh());
    }

    @Test
    void expiryByALocalClockFarFromTheServersSaysToCheckTheClock() throws IOException {
        TrustClient client = repository.enrolled(store);
        repository.server.claimTime(start);
        repository.clock.set(start.plus(Duration.ofDays(400)));

        Rejection rejection = refused(Refusal.CLOCK_SUSPECT, client.refresh());

        assertTrue(rejection.message().contains("check the clock"), rejection::message);
        assertTrue(rejection.found().contains("the server says " + start), rejection::found);
    }

    @Test
    void serverThatClaimsAnEarlierTimeMakesNothingAcceptable() throws IOException {
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        repository.clock.advance(Duration.ofDays(8));
        repository.server.claimTime(start);
        assertInstanceOf(RefreshResult.Refused.class, client.refresh());

        repository.server.claimTime(repository.clock.instant());
        refused(Refusal.EXPIRED, client.refresh());
    }

    @Test
    void expiredRootIsRefusedAtTheEndOfTheChain() throws IOException {
        TrustClient client = repository.enrolled(store);
        repository.clock.advance(Duration.ofDays(366));
        repository.add(repository.publisher.renewTargets(repository.published, repository.signers));

        assertEquals("5.3.10", refused(Refusal.EXPIRED, client.refresh()).step());
    }

    @Test
    void metadataIsExpiredAtTheVeryMomentOfItsExpiry() throws IOException {
        TrustClient client = repository.enrolled(store);
        repository.clock.set(start.plus(Duration.ofDays(7)).minusSeconds(1));
        verified(client.refresh());
        repository.clock.set(start.plus(Duration.ofDays(7)));
        refused(Refusal.EXPIRED, client.refresh());
    }

    @Test
    void unreachableServerReportsSinceWhenTheStateIsStale() throws IOException {
        TrustClient client = repository.enrolled(store);
        Instant expires = verified(client.refresh()).expires();
        repository.server.down(true);
        assertEquals(new RefreshResult.Unreachable("connection refused", Optional.empty()), client.refresh());

        repository.clock.advance(Duration.ofDays(8));
        assertEquals(new RefreshResult.Unreachable("connection refused", Optional.of(expires)), client.refresh());
        LoadResult.Trusted kept = assertInstanceOf(LoadResult.Trusted.class, client.loadTrusted());
        assertEquals(Optional.of(expires), kept.staleSince());
    }
}
