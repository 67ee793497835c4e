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
import java.time.format.DateTimeParseException;
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
    private static final Duration USUAL_PERIOD = Duration.ofDays(7);
    private static final Set<String> DECISIONS = Set.of("allow", "prompt", "deny");
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
        List<SessionSummary> rows = store.sessions(new SessionQuery(
                blankToNull(filter.text),
                filter.endpoint == null || filter.endpoint.isBlank() ? null : uuid("endpoint", filter.endpoint),
                blankToNull(filter.user),
                decision(blankToNull(filter.decision)),
                time("from", filter.from).orElseGet(this::oldest),
                time("to", filter.to).orElseGet(this::newest),
                cursor == null
                        ? null
                        : new SessionQuery.Position(
                                instant(cursor.parts().get(0)),
                                cursorUuid(cursor.parts().get(1))),
                limit + 1));
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
                cursor == null
                        ? null
                        : new RunQuery.Position(
                                instant(cursor.parts().get(0)),
                                cursorSpan(cursor.parts().get(1))),
                limit + 1));
        Page<SpanRecord> page = Page.of(rows, limit, last -> Cursor.of(last.startedAt(), last.spanId()));
        return new Page<>(runs(page.items(), "runs of endpoint " + endpoint), page.nextCursor());
    }

    /** The last seven days when no period is given. */
    AskReport asks(AskFilter filter) {
        Instant to = time("to", filter.to).orElseGet(clock::instant);
        Instant from = time("from", filter.from).orElseGet(() -> to.minus(USUAL_PERIOD));
        if (!from.isBefore(to)) {
            throw invalid("from: " + from + " (expected: before to, " + to + ")");
        }
        Function<AskQuery.By, List<AskQuery.Group>> numbers = by -> store.asks(new AskQuery(
                from,
                to,
                filter.endpoint == null || filter.endpoint.isBlank() ? null : uuid("endpoint", filter.endpoint),
                blankToNull(filter.user),
                blankToNull(filter.agent),
                by,
                GROUPS));
        return new AskReport(
                from,
                to,
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

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static @Nullable String decision(@Nullable String decision) {
        if (decision != null && !DECISIONS.contains(decision)) {
            throw invalid("decision: " + decision + " (expected: allow, prompt or deny)");
        }
        return decision;
    }

    private static UUID uuid(String name, String text) {
        return key(text).orElseThrow(() -> invalid(name + ": " + text + " (expected: an id)"));
    }

    private static Optional<Instant> time(String name, @Nullable String text) {
        try {
            return text == null || text.isBlank() ? Optional.empty() : Optional.of(Instant.parse(text.strip()));
        } catch (DateTimeParseException e) {
            throw invalid(name + ": " + text + " (expected: RFC 3339 in UTC, as 2026-11-23T10:00:00Z)");
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw badCursor();
        }
    }

    private static UUID cursorUuid(String text) {
        return key(text).orElseThrow(Investigation::badCursor);
    }

    private static String cursorSpan(String text) {
        if (!text.matches("[0-9a-f]{16}")) {
            throw badCursor();
        }
        return text;
    }

    private static Problem badCursor() {
        return Problem.of(ProblemCode.PLATFORM_BAD_CURSOR, "cursor: (expected: nextCursor of the page before)");
    }

    private static Problem invalid(String detail) {
        return Problem.of(ProblemCode.PLATFORM_INVALID, detail);
    }
}
