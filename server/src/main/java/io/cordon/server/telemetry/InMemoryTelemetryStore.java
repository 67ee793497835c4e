package io.cordon.server.telemetry;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference: what a {@link TelemetryStore} does, with lists. Summaries are worked out when they are asked for. */
public final class InMemoryTelemetryStore implements TelemetryStore {
    private static final Comparator<SpanRecord> BY_START =
            Comparator.comparing(SpanRecord::startedAt).thenComparingLong(span -> RowIds.span(span.spanId()));

    private record SpanKey(UUID endpoint, String trace, String span, Instant at, boolean attested) {}

    private record LogKey(UUID endpoint, String hash, Instant at) {}

    private final Map<SpanKey, SpanRecord> spans = new LinkedHashMap<>();
    private final Map<LogKey, LogEntry> logs = new LinkedHashMap<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private final Map<String, Instant> contentUsed = new HashMap<>();

    @Override
    public synchronized void append(TelemetryBatch batch) {
        for (SpanRecord span : batch.spans()) {
            spans.putIfAbsent(
                    new SpanKey(
                            span.origin().endpointId(),
                            span.traceId(),
                            span.spanId(),
                            span.startedAt(),
                            span.origin().attested()),
                    span);
            span.content().values().forEach(hash -> contentUsed.merge(hash, span.startedAt(), this::later));
        }
        for (LogEntry log : batch.logs()) {
            logs.putIfAbsent(new LogKey(log.origin().endpointId(), log.hash(), log.at()), log);
            log.content().values().forEach(hash -> contentUsed.merge(hash, log.at(), this::later));
        }
        contents.putAll(batch.contents());
    }

    private Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public synchronized List<SessionSummary> sessions(SessionQuery query) {
        Predicate<SessionSummary> wanted = each -> !each.lastAt().isBefore(query.from())
                && each.lastAt().isBefore(query.to())
                && (query.endpointId() == null || query.endpointId().equals(each.endpointId()))
                && (query.user() == null || query.user().equals(each.user()))
                && matchesDecision(each, query)
                && matchesText(each, query)
                && isAfter(each, query);
        return summaries().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(SessionSummary::lastAt)
                        .thenComparing(each -> each.session().key().toString())
                        .reversed())
                .limit(query.limit())
                .toList();
    }

    private static boolean isAfter(SessionSummary each, SessionQuery query) {
        SessionQuery.Position after = query.after();
        if (after == null) {
            return true;
        }
        int order = each.lastAt().compareTo(after.lastAt());
        return order < 0
                || (order == 0
                        && each.session().key().toString().compareTo(after.key().toString()) < 0);
    }

    private static boolean matchesDecision(SessionSummary each, SessionQuery query) {
        String decision = query.decision();
        if (decision == null) {
            return true;
        }
        return switch (decision) {
            case "deny" -> each.denied() > 0;
            case "prompt" -> each.prompted() > 0;
            case "allow" -> each.runs() > each.denied() + each.prompted();
            default -> false;
        };
    }

    private static boolean matchesText(SessionSummary each, SessionQuery query) {
        if (query.text() == null) {
            return true;
        }
        String text = query.text().toLowerCase(Locale.ROOT);
        return Stream.of(each.session().reported(), each.user(), each.hostname(), each.agent())
                .anyMatch(
                        field -> field != null && field.toLowerCase(Locale.ROOT).contains(text));
    }

    @Override
    public synchronized Optional<SessionSummary> session(UUID key) {
        return summaries().stream()
                .filter(each -> each.session().key().equals(key))
                .findAny();
    }

    private Collection<SessionSummary> summaries() {
        Map<UUID, SessionSummary> all = new HashMap<>();
        SessionTally.of(new TelemetryBatch(List.copyOf(spans.values()), List.copyOf(logs.values()), Map.of()))
                .forEach(each -> all.put(each.session().key(), each));
        return all.values();
    }

    @Override
    public synchronized List<SpanRecord> runs(RunQuery query) {
        RunQuery.Position after = query.after();
        return spans.values().stream()
                .filter(SpanRecord::isRun)
                .filter(span -> query.endpointId() == null
                        || query.endpointId().equals(span.origin().endpointId()))
                .filter(span -> query.sessionKey() == null
                        || (span.session() != null && span.session().key().equals(query.sessionKey())))
                .filter(span -> !span.startedAt().isBefore(query.from())
                        && span.startedAt().isBefore(query.to()))
                .filter(span -> after == null
                        || span.startedAt().isBefore(after.startedAt())
                        || (span.startedAt().equals(after.startedAt())
                                && RowIds.span(span.spanId()) < RowIds.span(after.spanId())))
                .sorted(BY_START.reversed())
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized List<SpanRecord> trace(String traceId, int limit) {
        Comparator<SpanRecord> attestedFirst =
                BY_START.thenComparing(span -> span.origin().attested(), Comparator.reverseOrder());
        return spans.values().stream()
                .filter(span -> span.traceId().equals(traceId))
                .sorted(attestedFirst)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Map<String, Long> refusedConnections(Collection<SpanRecord> runs) {
        Set<String> ids = runs.stream().map(run -> run.promoted().runId()).collect(Collectors.toSet());
        return spans.values().stream()
                .filter(SpanRecord::isRefusedConnection)
                .map(span -> span.promoted().runId())
                .filter(Objects::nonNull)
                .filter(ids::contains)
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    }

    @Override
    public synchronized List<LogEntry> logs(LogQuery query) {
        return logs.values().stream()
                .filter(log -> log.session() != null && log.session().key().equals(query.sessionKey()))
                .filter(log -> !log.at().isBefore(query.from()) && log.at().isBefore(query.to()))
                .sorted(Comparator.comparing(LogEntry::at)
                        .thenComparing(LogEntry::hash)
                        .reversed())
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized List<AskQuery.Group> asks(AskQuery query) {
        Map<String, AskQuery.Group> groups = new HashMap<>();
        if (query.by() == AskQuery.By.NOTHING) {
            groups.put("", new AskQuery.Group("", "", AskNumbers.NONE));
        }
        AskTally.of(logs.values()).stream()
                .filter(tally -> !tally.hour().isBefore(query.from().truncatedTo(ChronoUnit.HOURS))
                        && tally.hour().isBefore(query.to()))
                .filter(tally ->
                        query.endpointId() == null || query.endpointId().equals(tally.endpointId()))
                .filter(tally -> query.user() == null || query.user().equals(tally.user()))
                .filter(tally -> query.agent() == null || query.agent().equals(tally.agent()))
                .forEach(tally -> groups.merge(
                        key(tally, query.by()),
                        new AskQuery.Group(key(tally, query.by()), label(tally, query.by()), tally.numbers()),
                        (one, other) -> new AskQuery.Group(
                                one.key(), one.label(), one.numbers().plus(other.numbers()))));
        return groups.values().stream()
                .sorted(Comparator.comparingLong(
                                (AskQuery.Group group) -> -group.numbers().asked())
                        .thenComparingLong(group ->
                                -group.numbers().allowed() - group.numbers().denied())
                        .thenComparing(AskQuery.Group::key))
                .limit(query.limit())
                .toList();
    }

    private static String key(AskTally tally, AskQuery.By by) {
        return switch (by) {
            case NOTHING -> "";
            case AGENT -> tally.agent();
            case USER -> tally.user();
            case ENDPOINT -> tally.endpointId().toString();
            case RULE -> tally.rule();
        };
    }

    private static String label(AskTally tally, AskQuery.By by) {
        return by == AskQuery.By.ENDPOINT && tally.hostname() != null ? tally.hostname() : key(tally, by);
    }

    @Override
    public synchronized Map<String, byte[]> contents(Collection<String> hashes) {
        Map<String, byte[]> found = new HashMap<>(contents);
        found.keySet().retainAll(hashes);
        return found;
    }

    @Override
    public synchronized void removeBefore(Instant rowsBefore, Instant contentBefore) {
        Instant day = rowsBefore.truncatedTo(ChronoUnit.DAYS);
        Instant contentDay = contentBefore.truncatedTo(ChronoUnit.DAYS);
        spans.values().removeIf(span -> span.startedAt().isBefore(day));
        logs.values().removeIf(log -> log.at().isBefore(day));
        contents.keySet()
                .removeIf(hash -> contentUsed.getOrDefault(hash, Instant.MIN).isBefore(contentDay));
    }

    @Override
    public void prepare(Instant at) {
        // nothing is partitioned here
    }
}
