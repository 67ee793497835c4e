package io.cordon.agent.adapters.settings;

import io.cordon.agent.adapters.SettingsReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What others changed, as it is reported: each path once a minute at most, with the newest change of that minute, and the same change
 * once. So a program that never ceases to rewrite a file neither floods the report nor pushes other changes out of it soon.
 */
final class Drifts {
    static final int MOST = 16;
    static final Duration PAUSE = Duration.ofMinutes(1);

    private final List<SettingsReport.Drift> shown = new ArrayList<>();
    /** By path. */
    private final Map<String, SettingsReport.Drift> waiting = new LinkedHashMap<>();

    private final Map<String, Instant> lastShown = new HashMap<>();

    /** Whether it is the first of its path for a minute. */
    boolean add(SettingsReport.Drift drift) {
        boolean rested = rested(drift.path(), drift.at());
        if (rested) {
            waiting.remove(drift.path());
            show(drift, drift.at());
        } else {
            waiting.put(drift.path(), drift);
        }
        return rested;
    }

    /** What is reported now, the newest last. */
    List<SettingsReport.Drift> shown(Instant now) {
        for (SettingsReport.Drift drift : List.copyOf(waiting.values())) {
            if (rested(drift.path(), now)) {
                waiting.remove(drift.path());
                show(drift, now);
            }
        }
        return List.copyOf(shown);
    }

    private boolean rested(String path, Instant now) {
        Instant last = lastShown.get(path);
        return last == null || !now.isBefore(last.plus(PAUSE));
    }

    private void show(SettingsReport.Drift drift, Instant now) {
        lastShown.put(drift.path(), now);
        shown.removeIf(old -> old.path().equals(drift.path()) && old.diff().equals(drift.diff()));
        shown.add(drift);
        if (shown.size() > MOST) {
            shown.remove(0);
        }
    }
}
