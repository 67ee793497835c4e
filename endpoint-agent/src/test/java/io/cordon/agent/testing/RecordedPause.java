package io.cordon.agent.testing;

import io.cordon.agent.sync.Pause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Waits for nothing and remembers for how long it should have. */
public final class RecordedPause extends Pause {
    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    @Override
    public void atMost(Duration time) {
        waits.add(time);
    }

    public List<Duration> waits() {
        return waits;
    }
}
