package io.cordon.agent.telemetry.upload;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cordon.agent.enrollment.ServerConnection;
import io.cordon.agent.enrollment.ServerReply;
import io.cordon.agent.sync.Backoff;
import io.cordon.agent.sync.Pause;
import io.cordon.agent.telemetry.Spool;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Uploads by OTLP/HTTP (binary protobuf, gzip). A batch leaves the spool when the server answered 200, which it does after its
 * commit. A server that is away, busy or refuses this endpoint is tried again; a batch that the server calls unreadable is
 * sent record by record, so that only the record at fault is put aside.
 */
public final class OtlpUploader {
    private static final Logger LOG = Logger.getLogger(OtlpUploader.class.getName());
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/x-protobuf", "Content-Encoding", "gzip");
    private static final int LONGEST_REPLY = 256 << 10;
    private static final int MOST_RECORDS = 256;
    private static final long MOST_BYTES = 1 << 20;
    private static final int OK = 200;
    /** The record is at fault: the same bytes will be refused for ever. Any other refusal may be about this endpoint. */
    private static final Set<Integer> UNACCEPTABLE = Set.of(400, 413, 415, 422);

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Destination destination;
    private final ServerConnection connection;
    private final Spool spool;
    private final Quarantine quarantine;
    private final InstantSource clock;
    private final Backoff backoff;
    private final Pause appended;
    private final Pause failurePause;
    private final AtomicLong rejected = new AtomicLong();
    private volatile @Nullable String problem;
    private int recordsAtOnce = MOST_RECORDS;

    /**
     * @param appended woken when the spool has something new
     * @param failurePause the wait after failures; not shortened by new records
     */
    OtlpUploader(
            Destination destination,
            ServerConnection connection,
            Spool spool,
            Quarantine quarantine,
            InstantSource clock,
            RandomGenerator random,
            Pause appended,
            Pause failurePause) {
        this.destination = destination;
        this.connection = connection;
        this.spool = spool;
        this.quarantine = quarantine;
        this.clock = clock;
        this.backoff = new Backoff(random);
        this.appended = appended;
        this.failurePause = failurePause;
    }

    /** Runs until the thread is interrupted. */
    void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                step().ifPresentOrElse(this::waitAfterFailure, this::waitForMore);
            }
        } catch (Interrupted e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Uploads until the spool is empty, the time is over or the server fails; for an orderly end. */
    void flush(Instant end) {
        while (clock.instant().isBefore(end) && spool.stats().records() > 0) {
            if (step().isPresent()) {
                return;
            }
        }
    }

    /** Uploads what there is; a wait when the server failed, empty when nothing is left. */
    Optional<Duration> step() {
        try {
            Spool.Batch batch = spool.read(recordsAtOnce, MOST_BYTES);
            while (!batch.isEmpty()) {
                Optional<Duration> wait = upload(batch);
                if (wait.isPresent()) {
                    return wait;
                }
                batch = spool.read(recordsAtOnce, MOST_BYTES);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(failed("the spool cannot be read: " + e.getMessage(), Optional.empty()));
        }
    }

    private Optional<Duration> upload(Spool.Batch batch) throws IOException {
        ServerReply reply;
        try {
            reply = connection.post(destination.path(), HEADERS, gzip(batch), LONGEST_REPLY);
        } catch (IOException e) {
            return Optional.of(failed(String.valueOf(e.getMessage()), Optional.empty()));
        } catch (InterruptedException e) {
            throw new Interrupted(e);
        }
        if (reply.status() == OK) {
            accepted(batch, reply);
        } else if (UNACCEPTABLE.contains(reply.status())) {
            refused(batch, reply);
        } else {
            String code = reply.problem().code();
            return Optional.of(failed(
                    "the server answers " + reply.status() + (code.isEmpty() ? "" : " " + code),
                    reply.retryAfter(clock.instant())));
        }
        backoff.reset();
        problem = null;
        return Optional.empty();
    }

    private void accepted(Spool.Batch batch, ServerReply reply) throws IOException {
        try {
            // the same for every signal, see Destination
            ExportTracePartialSuccess partial =
                    ExportTraceServiceResponse.parseFrom(reply.body()).getPartialSuccess();
            if (partial.getRejectedSpans() > 0) {
                rejected.addAndGet(partial.getRejectedSpans());
                LOG.log(Level.WARNING, "the server took a batch without {0} of its records: {1}", new Object[] {
                    partial.getRejectedSpans(), partial.getErrorMessage().replaceAll("\\p{Cntrl}", " ")
                });
            }
        } catch (InvalidProtocolBufferException e) {
            LOG.warning("the server's acknowledgement has no readable details; it counts all the same");
        }
        spool.acknowledge(batch);
        recordsAtOnce = MOST_RECORDS;
    }

    private void refused(Spool.Batch batch, ServerReply reply) throws IOException {
        if (batch.records().size() > 1) {
            recordsAtOnce = 1;
            return;
        }
        quarantine.take(
                batch.records().get(0), reply.status() + " " + reply.problem().code());
        spool.acknowledge(batch);
    }

    private Duration failed(String why, Optional<Duration> retryAfter) {
        if (!why.equals(problem)) {
            LOG.log(Level.WARNING, "records wait on this machine: {0}", why);
            problem = why;
        }
        return backoff.next(retryAfter);
    }

    private static byte[] gzip(Spool.Batch batch) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (byte[] record : batch.records()) {
                gzip.write(record);
            }
        }
        return packed.toByteArray();
    }

    private void waitAfterFailure(Duration wait) {
        pause(failurePause, wait);
    }

    private void waitForMore() {
        pause(appended, IDLE);
    }

    private static void pause(Pause pause, Duration time) {
        try {
            pause.atMost(time);
        } catch (InterruptedException e) {
            throw new Interrupted(e);
        }
    }

    /** Why records do not get away; null when they do. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Spans or log records that the server did not take out of batches it took. */
    long rejected() {
        return rejected.get();
    }

    /** An interrupt on its way out of a lambda. */
    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Interrupted(InterruptedException cause) {
            super(cause);
        }
    }
}
