package io.cordon.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.testing.RecordedPause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncLoopTest {
    private static final Offer OFFER = new Offer("aa".repeat(32), 2, 2);

    private final SyncFixture fixture;
    private final Deque<Attempt.Status> results = new ArrayDeque<>();
    private final List<Offer> rounds = new ArrayList<>();
    private final AtomicInteger told = new AtomicInteger();
    private final SyncLoop loop;

    SyncLoopTest(@TempDir Path folder) throws Exception {
        fixture = new SyncFixture(folder);
        loop = new SyncLoop(
                this::round, fixture.keeper, fixture.clock, new Random(5), told::incrementAndGet, new RecordedPause());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Attempt round(@Nullable Offer offer) {
        rounds.add(offer);
        Attempt.Status status = results.isEmpty() ? Attempt.Status.APPLIED : results.remove();
        return new Attempt(fixture.clock.instant(), status, status + "", offer, 2);
    }

    @Test
    void looksAtStartAndThenFromTimeToTime() throws Exception {
        fixture.publish("curl");
        fixture.sync.run(null);
        loop.step();
        assertEquals(1, rounds.size());
        fixture.clock.advance(Duration.ofMinutes(7));
        loop.step();
        assertEquals(1, rounds.size());
        fixture.clock.advance(Duration.ofMinutes(6));
        loop.step();
        assertEquals(2, rounds.size());
        assertEquals(2, told.get());
    }

    @Test
    void looksMoreOftenBeforeTheMetadataExpires() throws Exception {
        fixture.publish("curl");
        fixture.sync.run(null);
        fixture.clock.advance(Duration.ofHours(23).plusMinutes(56));
        loop.step();
        fixture.clock.advance(Duration.ofMinutes(2).plusSeconds(1));
        loop.step();
        assertEquals(2, rounds.size());
    }

    @Test
    void hintIsAnsweredByTheRoundThatFollowsIt() throws Exception {
        loop.step();
        CompletableFuture<Attempt> answer = loop.request(OFFER);
        assertFalse(answer.isDone());
        loop.step();
        assertSame(OFFER, answer.get().offer());
        assertEquals(2, rounds.size());
    }

    @Test
    void failedHintIsLeftAloneUntilItsWaitIsOver() throws Exception {
        results.add(Attempt.Status.REFUSED);
        CompletableFuture<Attempt> first = loop.request(OFFER);
        loop.step();
        assertEquals(Attempt.Status.REFUSED, first.get().status());
        assertTrue(loop.request(OFFER).isDone(), "the failure stands");
        loop.step();
        assertEquals(1, rounds.size());

        Offer newer = new Offer("bb".repeat(32), 3, 3);
        loop.request(newer);
        loop.step();
        assertEquals(newer, rounds.get(1), "another hint is looked at at once");
    }

    @Test
    void failuresAreRetriedWithinFiveMinutesForEver() {
        for (int i = 0; i < 40; i++) {
            results.add(Attempt.Status.UNREACHABLE);
        }
        for (int i = 1; i <= 40; i++) {
            loop.step();
            assertEquals(i, rounds.size());
            fixture.clock.advance(Duration.ofMinutes(5));
        }
        assertEquals(20, loop.history().size(), "the history is bounded");
    }

    @Test
    void contactEndsTheWaitOfAnUnreachableServerOnly() {
        results.add(Attempt.Status.UNREACHABLE);
        loop.step();
        loop.contact();
        results.add(Attempt.Status.REFUSED);
        loop.step();
        assertEquals(2, rounds.size());
        loop.contact();
        loop.step();
        assertEquals(2, rounds.size());
    }
}
