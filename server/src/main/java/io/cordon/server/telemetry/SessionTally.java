package io.cordon.server.telemetry;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What rows add to the summaries of their sessions: one summary per session, however many rows. */
final class SessionTally {
    private final SessionRef session;
    private final UUID endpointId;
    private @Nullable String hostname;
    private @Nullable String attestedUser;
    private @Nullable String reportedUser;
    private @Nullable String agent;
    private Instant startedAt = Instant.MAX;
    private Instant lastAt = Instant.MIN;
    private long runs;
    private long denied;
    private long prompted;
    private long failed;

    private SessionTally(SessionRef session, UUID endpointId) {
        this.session = session;
        this.endpointId = endpointId;
    }

    /** Summaries of exactly these rows, ordered by key, so that two writers never lock them in opposite order. */
    static List<SessionSummary> of(TelemetryBatch batch) {
        Map<UUID, SessionTally> bySession = new HashMap<>();
        for (SpanRecord span : batch.spans()) {
            if (span.session() != null) {
                of(bySession, span.session(), span.origin()).add(span);
            }
        }
        for (LogEntry log : batch.logs()) {
            if (log.session() != null) {
                of(bySession, log.session(), log.origin()).add(log);
            }
        }
        List<SessionSummary> all = new ArrayList<>();
        bySession.values().forEach(each -> all.add(each.summary()));
        all.sort(Comparator.comparing(each -> each.session().key()));
        return all;
    }

    private static SessionTally of(Map<UUID, SessionTally> all, SessionRef session, Origin origin) {
        return all.computeIfAbsent(session.key(), key -> new SessionTally(session, origin.endpointId()));
    }

    private void add(SpanRecord span) {
        seen(
                span.origin(),
                span.promoted().user(),
                span.startedAt(),
                micros(span.startedAt().plusNanos(span.durationNanos())));
        if (span.isRun()) {
            runs++;
            denied += span.isDenied() ? 1 : 0;
            prompted += "prompt".equals(span.promoted().decision()) ? 1 : 0;
            failed += span.isFailed() ? 1 : 0;
        }
    }

    /** What a hook was refused is denied as much as a run: it never became one. */
    private void add(LogEntry log) {
        seen(log.origin(), log.promoted().user(), log.at(), log.at());
        denied += log.isDeniedHook() ? 1 : 0;
    }

    private void seen(Origin origin, @Nullable String user, Instant from, Instant to) {
        hostname = hostname == null ? origin.hostname() : hostname;
        if (origin.attested()) {
            attestedUser = attestedUser == null ? user : attestedUser;
        } else {
            reportedUser = reportedUser == null ? user : reportedUser;
            agent = agent == null ? origin.service() : agent;
        }
        startedAt = from.isBefore(startedAt) ? from : startedAt;
        lastAt = to.isAfter(lastAt) ? to : lastAt;
    }

    /** To the microsecond, as columns hold it. */
    static Instant micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    private SessionSummary summary() {
        String user = attestedUser == null ? reportedUser : attestedUser;
        return new SessionSummary(
                session,
                endpointId,
                hostname,
                user,
                attestedUser != null,
                agent,
                startedAt,
                lastAt,
                runs,
                denied,
                prompted,
                failed);
    }
}
