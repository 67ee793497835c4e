package io.cordon.server.telemetry;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The place where telemetry is kept; the port behind which another engine can take over. Every implementation passes {@code
 * TelemetryStoreContract}.
 */
public interface TelemetryStore {

    /**
     * Stores the batch; when this returns, it is durable. A span seen before (same endpoint, trace id, span id, start and
     * attestation) or a log record seen before changes nothing.
     *
     * @throws TelemetryRefusedException when the batch can never be stored, however often it is sent
     * @throws TelemetryUnavailableException when nothing of the batch was stored and a later attempt may succeed
     */
    void append(TelemetryBatch batch);

    /** Session summaries, last active first. */
    List<SessionSummary> sessions(SessionQuery query);

    Optional<SessionSummary> session(UUID key);

    /** Root spans of attested runs, newest first. */
    List<SpanRecord> runs(RunQuery query);

    /** The spans of a trace by start time, at most {@code limit}; attested rows come before self-reported ones of one id. */
    List<SpanRecord> trace(String traceId, int limit);

    /** How many connections of each of these runs the endpoint's egress proxy refused, by run id; runs without any are absent. */
    Map<String, Long> refusedConnections(Collection<SpanRecord> runs);

    /** Log records of a session, newest first. */
    List<LogEntry> logs(LogQuery query);

    /** How often hooks decided and asked, those groups that ask most often first. */
    List<AskQuery.Group> asks(AskQuery query);

    /** Content by its SHA-256; what was already removed is absent. */
    Map<String, byte[]> contents(Collection<String> hashes);

    /**
     * Removes spans, logs and sessions older than {@code rowsBefore} by whole days, and content last used before {@code
     * contentBefore}.
     */
    void removeBefore(Instant rowsBefore, Instant contentBefore);

    /** Prepares for rows of the given moment, so that the first batch of a new day waits for nothing. */
    void prepare(Instant at);
}
