package io.cordon.agent.adapters.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.adapters.SettingsReport.Drift;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftsTest {
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

    private final Drifts drifts = new Drifts();

    private static Drift drift(int second, String path, String diff) {
        return new Drift(START.plusSeconds(second), path, diff);
    }

    private List<Drift> shown(int second) {
        return drifts.shown(START.plusSeconds(second));
    }

    @Test
    void whatNeverCeasesIsShownOnceAMinute() {
        assertTrue(drifts.add(drift(0, "/a", "0")));
        List<Drift> first = shown(0);
        for (int second = 1; second < 60; second++) {
            assertFalse(drifts.add(drift(second, "/a", String.valueOf(second))));
            assertEquals(first, shown(second));
        }
        assertEquals(List.of(drift(0, "/a", "0"), drift(59, "/a", "59")), shown(60), "the newest is not lost");
        assertFalse(drifts.add(drift(61, "/a", "61")));
        assertTrue(drifts.add(drift(120, "/a", "120")));
    }

    @Test
    void theSameChangeIsOneWithItsNewestTime() {
        for (int minute = 0; minute < 10; minute++) {
            drifts.add(drift(60 * minute, "/a", "same"));
        }
        assertEquals(List.of(drift(540, "/a", "same")), shown(540));
    }

    @Test
    void oneFileDoesNotHideAnother() {
        drifts.add(drift(0, "/a", "x"));
        assertTrue(drifts.add(drift(1, "/b", "x")));
        assertEquals(List.of(drift(0, "/a", "x"), drift(1, "/b", "x")), shown(1));
    }

    @Test
    void theOldestGoes() {
        for (int i = 0; i <= Drifts.MOST; i++) {
            drifts.add(drift(60 * i, "/a", String.valueOf(i)));
        }
        assertEquals(Drifts.MOST, shown(10_000).size());
        assertEquals("1", shown(10_000).get(0).diff());
    }
}
