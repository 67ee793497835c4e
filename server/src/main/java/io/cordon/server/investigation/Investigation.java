package io.cordon.server.investigation;

import io.cordon.server.platform.Cursor;
import io.cordon.server.platform.Page;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import io.cordon.server.telemetry.AskQuery;
import io.cordon.server.telemetry.LogEntry;
import io.cordon.server.telemetry.LogQuery;
import io.cordon.server.telemetry.RunQuery;
import io.cordon.server.telemetry.SessionQuery;
import io.cordon.server.telemetry.SessionSummary;
import io.cordon.server.telemetry.SpanRecord;
import io.cordon.server.telemetry.TelemetryConfig;
import io.cordon.server.telemetry.TelemetryStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers the questions of an investigation from the telemetry store. */
@ApplicationScoped
class Investigation {
    private static final int RUNS_OF_A_SESSION = 1000;
    private static final int EVENTS_OF_A_SESSION = 2000;
    private static final int SPANS_OF_A_TRACE = 10_000;
    private static final int GROUPS = 20;
    private static final Pattern SPAN_ID = Pattern.compile("[0-9a-f]{16}");
    /** Clocks of endpoints may be ahead of the server's by up to this much. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final TelemetryStore store;
    private final TelemetryConfig config;
    private final ContentReader contents;
    private final InstantSource clock;

    Investigation(TelemetryStore store, TelemetryConfig config, ContentReader contents, InstantSource clock) {
        this.store = store;
        this.config = config;
        this.contents = contents;
        this.clock = clock;
    }

    Page<SessionView> sessions(SessionFilter filter, int limit, @Nullable Cursor cursor) {
        List<SessionSummary> rows = store.sessions(filter.query(oldest(), newest(), cursor, limit + 1));
        return Page.of(
                        rows,
                        limit,
                        last -> Cursor.of(last.lastAt(), last.session().key()))
                .map(SessionView::of);
    }

    /** @param id of the session here, or the name that an endpoint gave it: then the last active of that name */
    SessionView.Detail session(String id) {
        SessionSummary summary = key(id).flatMap(store::session)
                .or(() -> named(id))
                .orElseThrow(() -> Problem.of(
                        ProblemCode.INVESTIGATION_SESSION_NOT_FOUND,
                        "session: " + id + " (expected: an id of GET /admin/v1/sessions; sessions are kept for "
                                + config.retention().toDays() + " days)"));
        List<SpanRecord> spans = store.runs(new RunQuery(
                null,
                summary.session().key(),
                summary.startedAt(),
                summary.lastAt().plusNanos(1_000),
                null,
                RUNS_OF_A_SESSION + 1));
        List<LogEntry> logs = store.logs(new LogQuery(
                summary.session().key(),
                summary.startedAt(),
                summary.lastAt().plusNanos(1_000),
                EVENTS_OF_A_SESSION + 1));
        List<SpanRecord> runs = oldestFirst(spans, RUNS_OF_A_SESSION);
        List<LogEntry> events = oldestFirst(logs, EVENTS_OF_A_SESSION);
        Set<String> hashes = Stream.concat(
                        runs.stream().map(RunView::commandHash).filter(Objects::nonNull),
                        events.stream().flatMap(log -> log.content().values().stream()))
                .collect(Collectors.toSet());
        Map<String, byte[]> shown =
                contents.read(hashes, "session " + summary.session().key());
        return SessionView.Detail.of(
                summary,
                views(runs, shown),
                spans.size() > RUNS_OF_A_SESSION,
                events.stream().map(log -> EventView.of(log, shown)).toList(),
                logs.size() > EVENTS_OF_A_SESSION);
    }

    private List<RunView> views(Collection<SpanRecord> runs, Map<String, byte[]> shown) {
        Map<String, Long> refused = store.refusedConnections(runs);
        return runs.stream()
                .map(run -> RunView.of(
                        run, shown, refused.getOrDefault(run.promoted().runId(), 0L)))
                .toList();
    }

    private static <T> List<T> oldestFirst(List<T> newestFirst, int most) {
        List<T> kept = new ArrayList<>(newestFirst.subList(0, Math.min(most, newestFirst.size())));
        Collections.reverse(kept);
        return kept;
    }

    Page<RunView> runsOfEndpoint(UUID endpoint, int limit, @Nullable Cursor cursor) {
        List<SpanRecord> rows = store.runs(new RunQuery(
                endpoint,
                null,
                oldest(),
                newest(),
                cursor == null ? null : new RunQuery.Position(cursor.instant(0), cursor.text(1, SPAN_ID)),
                limit + 1));
        Page<SpanRecord> page = Page.of(rows, limit, last -> Cursor.of(last.startedAt(), last.spanId()));
        return new Page<>(runs(page.items(), "runs of endpoint " + endpoint), page.nextCursor());
    }

    /** The last seven days when no period is given. */
    AskReport asks(AskFilter filter) {
        AskFilter.Period period = filter.period(clock.instant());
        Function<AskQuery.By, List<AskQuery.Group>> numbers = by -> store.asks(filter.query(period, by, GROUPS));
        return new AskReport(
                period.from(),
                period.to(),
                AskReport.Numbers.of(numbers.apply(AskQuery.By.NOTHING).get(0).numbers()),
                groups(numbers.apply(AskQuery.By.AGENT)),
                groups(numbers.apply(AskQuery.By.USER)),
                groups(numbers.apply(AskQuery.By.ENDPOINT)),
                groups(numbers.apply(AskQuery.By.RULE)));
    }

    private static List<AskReport.Group> groups(List<AskQuery.Group> found) {
        return found.stream().map(AskReport.Group::of).toList();
    }

    TraceView trace(String traceId) {
        if (!traceId.matches("[0-9a-f]{32}")) {
            throw noTrace(traceId);
        }
        List<SpanRecord> rows = store.trace(traceId, SPANS_OF_A_TRACE + 1);
        if (rows.isEmpty()) {
            throw noTrace(traceId);
        }
        boolean truncated = rows.size() > SPANS_OF_A_TRACE;
        List<SpanRecord> spans = truncated ? rows.subList(0, SPANS_OF_A_TRACE) : rows;
        Set<String> hashes =
                spans.stream().flatMap(span -> span.content().values().stream()).collect(Collectors.toSet());
        Map<String, byte[]> shown = contents.permitted() ? contents.read(hashes, "trace " + traceId) : null;
        return TraceView.of(traceId, spans, truncated, shown);
    }

    private List<RunView> runs(Collection<SpanRecord> spans, String subject) {
        Set<String> hashes = spans.stream()
                .map(RunView::commandHash)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<String, byte[]> shown = contents.read(hashes, subject);
        return views(spans, shown);
    }

    private Optional<SessionSummary> named(String name) {
        return store.sessions(new SessionQuery(name, null, null, null, oldest(), newest(), null, 200)).stream()
                .filter(each -> each.session().reported().equals(name))
                .findFirst();
    }

    private static Optional<UUID> key(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Instant oldest() {
        return clock.instant().minus(config.retention()).minus(AHEAD);
    }

    private Instant newest() {
        return clock.instant().plus(AHEAD);
    }

    private static Problem noTrace(String traceId) {
        return Problem.of(
                ProblemCode.INVESTIGATION_TRACE_NOT_FOUND,
                "trace: " + traceId + " (expected: 32 lower-case hexadecimal digits of a trace that is still kept)");
    }
}
