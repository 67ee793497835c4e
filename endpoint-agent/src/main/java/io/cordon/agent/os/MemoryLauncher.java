package io.cordon.agent.os;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The reference: a run does nothing until it is told how it ends. */
public final class MemoryLauncher implements ProcessLauncher {
    private static final long PID = 4242;

    private final Map<Long, RunListener> running = new ConcurrentHashMap<>();
    private final Set<Long> recorded = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Launched> launched = new LinkedBlockingQueue<>();

    /** A run that was started. */
    public record Launched(long id, ConfinementPlan plan) {}

    @Override
    public void launch(long id, ConfinementPlan plan, RunListener listener) {
        running.put(id, listener);
        launched.add(new Launched(id, plan));
    }

    /** The next started run; null when none comes in time. */
    public @Nullable Launched next(long seconds) throws InterruptedException {
        return launched.poll(seconds, TimeUnit.SECONDS);
    }

    public void start(long id, Instant at) {
        listener(id).started(PID, at);
    }

    public void exit(long id, int exitCode, Instant at) {
        RunListener listener = running.remove(id);
        if (listener != null) {
            listener.exited(new RunListener.Exit(exitCode, 0, List.of(), at, 0, 0));
        }
    }

    public void fail(long id, String stage, String error) {
        RunListener listener = running.remove(id);
        if (listener != null) {
            listener.failed(stage, error);
        }
    }

    /** Everything that runs is lost, as when the launcher dies. */
    public void die(String why) {
        for (Long id : List.copyOf(running.keySet())) {
            RunListener listener = running.remove(id);
            if (listener != null) {
                listener.lost(why);
            }
        }
    }

    /** The listener of a running run, to be told more. */
    public RunListener listener(long id) {
        RunListener listener = running.get(id);
        if (listener == null) {
            throw new IllegalStateException("run " + id + " does not run");
        }
        return listener;
    }

    public boolean wasRecorded(long id) {
        return recorded.contains(id);
    }

    @Override
    public void kill(long id, String reason) {
        RunListener listener = running.remove(id);
        if (listener != null) {
            listener.exited(new RunListener.Exit(0, 9, List.of(), Instant.EPOCH, 0, 0));
        }
    }

    @Override
    public void recorded(long id) {
        recorded.add(id);
    }

    @Override
    public Features features() {
        return new Features("memory", true, "none");
    }
}
