package io.cordon.agent.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffTest {
    @Property
    boolean neverLongerThanFiveMinutesNorThanItsCeiling(@ForAll long seed, @ForAll @IntRange(max = 200) int failures) {
        Backoff backoff = new Backoff(new Random(seed));
        for (int i = 0; i <= failures; i++) {
            long wait = backoff.next().toMillis();
            long ceiling = (long) Math.min(300_000, 1000 * Math.pow(2, i));
            if (wait < Backoff.FLOOR.toMillis() || wait > ceiling) {
                return false;
            }
        }
        return true;
    }

    @Property
    boolean serversWishIsTheLeastAndFiveMinutesTheMost(
            @ForAll long seed, @ForAll @LongRange(min = 0, max = 100_000) long seconds) {
        Duration wait = new Backoff(new Random(seed)).next(Optional.of(Duration.ofSeconds(seconds)));
        return wait.compareTo(Backoff.CAP) <= 0 && wait.compareTo(Duration.ofSeconds(Math.min(seconds, 300))) >= 0;
    }

    @Property
    boolean successStartsOver(@ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int failures) {
        Backoff backoff = new Backoff(new Random(seed));
        for (int i = 0; i < failures; i++) {
            backoff.next();
        }
        backoff.reset();
        return backoff.next().compareTo(Duration.ofSeconds(1)) <= 0;
    }

    @org.junit.jupiter.api.Test
    void jitterSpreadsAFleet() {
        Random random = new Random(7);
        int early = 0;
        int late = 0;
        for (int endpoint = 0; endpoint < 1000; endpoint++) {
            Backoff backoff = new Backoff(random);
            for (int i = 0; i < 12; i++) {
                backoff.next();
            }
            long wait = backoff.next().toMillis();
            early += wait < 100_000 ? 1 : 0;
            late += wait > 200_000 ? 1 : 0;
        }
        assertTrue(early > 250 && late > 250, early + " early, " + late + " late of 1000");
    }
}
