package io.cordon.agent.os;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LivePlaceholdersTest {
    private static final List<Placeholder> ONE = List.of(new Placeholder("/w/.agents", true));

    private Instant now = Instant.EPOCH;
    private final LivePlaceholders live = new LivePlaceholders(() -> now);

    @Test
    void staysLiveUntilTheLastRunReleasesIt() {
        live.acquire(ONE);
        live.acquire(ONE);
        live.release(ONE);
        now = now.plusSeconds(60);
        assertTrue(live.test("/w/.agents"));
        assertFalse(live.test("/w/.git"));
    }

    /** The next run may be planned before the placeholder of the last one is gone from the disk. */
    @Test
    void staysLiveWhileItsRemovalMayBeUnderWay() {
        live.acquire(ONE);
        live.release(ONE);
        assertTrue(live.test("/w/.agents"));
        now = now.plusSeconds(6);
        assertFalse(live.test("/w/.agents"));
    }
}
