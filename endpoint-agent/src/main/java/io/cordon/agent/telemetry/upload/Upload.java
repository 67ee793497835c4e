package io.cordon.agent.telemetry.upload;

import io.cordon.agent.enrollment.ServerConnection;
import io.cordon.agent.health.ComponentState;
import io.cordon.agent.sync.Pause;
import io.cordon.agent.telemetry.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The upload as the agent runs it: one thread, woken by new records, and a bounded flush at the end. */
public final class Upload implements AutoCloseable {
    /** An orderly stop waits this long for records on their way. */
    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final OtlpUploader uploader;
    private final Quarantine quarantine;
    private final InstantSource clock;
    private final Thread thread;

    /**
     * @param appended woken by {@link WakingSpool} when something was appended
     * @param refused folder for records that the server will never take
     */
    public Upload(
            Destination destination,
            ServerConnection connection,
            Spool spool,
            Pause appended,
            Path refused,
            InstantSource clock,
            RandomGenerator random)
            throws IOException {
        this.quarantine = new Quarantine(refused);
        this.uploader =
                new OtlpUploader(destination, connection, spool, quarantine, clock, random, appended, new Pause());
        this.clock = clock;
        this.thread =
                new Thread(uploader::run, "cordon-upload-" + destination.name().toLowerCase(Locale.ROOT));
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /**
     * How the spool is, as far as its way out goes.
     *
     * @param lostBefore records lost before this start of the agent, which were reported then
     */
    public static ComponentState state(Spool.Stats stats, long lostBefore, @Nullable Upload upload) {
        if (stats.lost() > lostBefore) {
            return ComponentState.ill("records were lost since the agent started, at the spool's limit or to damage");
        }
        if (upload == null) {
            return ComponentState.well("records wait for enrollment");
        }
        @Nullable String problem = upload.uploader.problem();
        if (problem != null) {
            return ComponentState.ill("records wait on this machine: " + problem);
        }
        return upload.quarantine.taken() > 0 || upload.uploader.rejected() > 0
                ? ComponentState.ill("the server refuses some records; they are in the spool's quarantine")
                : ComponentState.well("records get away");
    }

    /** Stops the thread, then tries once more to leave nothing behind, for a few seconds at most. */
    @Override
    public void close() {
        thread.interrupt();
        Thread last = new Thread(this::flush, "cordon-flush");
        last.setDaemon(true);
        last.start();
        try {
            last.join(FLUSH.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void flush() {
        try {
            thread.join();
            uploader.flush(clock.instant().plus(FLUSH));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
