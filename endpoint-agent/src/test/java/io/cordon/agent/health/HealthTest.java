package io.cordon.agent.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
    private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void onlyAChangeIsTold() {
        HealthBoard board = new HealthBoard();
        AtomicInteger told = new AtomicInteger();
        board.onChange(told::incrementAndGet);
        board.set(Component.SYNC, ComponentState.well("in step"));
        board.set(Component.SYNC, ComponentState.well("in step"));
        board.set(Component.SYNC, ComponentState.ill("away"));
        assertEquals(2, told.get());
        assertFalse(board.report().healthy());
        assertEquals("sync: away", board.report().problem().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT4M59S, true", "PT-5M, true", "PT6M, false", "PT-26H, false"})
    void clockIsJudgedByTheServers(Duration ahead, boolean healthy) {
        assertEquals(healthy, ClockCheck.judge(ahead).healthy());
    }

    @ParameterizedTest
    @CsvSource({
        "P1D, true, valid until",
        "P5DT7H, false, renewal fails",
        "P7D, false, it is renewed when the server can be reached",
        "P-1D, false, check the clock"
    })
    void certificateIsJudgedByWhatIsLeft(Duration age, boolean healthy, String says) {
        ComponentState state = CertificateCheck.judge(
                DAY.plus(age), DAY, DAY.plus(Duration.ofDays(7)), DAY.plus(Duration.ofHours(84)));
        assertEquals(healthy, state.healthy(), state.status());
        assertTrue(state.status().contains(says), state.status());
    }
}
