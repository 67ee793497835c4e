package io.cordon.server.telemetry;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Telemetry in PostgreSQL. Each append is one transaction of its own; a failed one leaves nothing. */
public final class PostgresTelemetryStore implements TelemetryStore {
    private static final int ATTEMPTS = 3;
    private static final String NO_PARTITION = "23514";

    private final DataSource database;
    private final InstantSource clock;
    private final DayPartitions partitions;
    private final TelemetryQueries queries;

    public PostgresTelemetryStore(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.partitions = new DayPartitions(database);
        this.queries = new TelemetryQueries(database);
    }

    @Override
    public void append(TelemetryBatch batch) {
        if (batch.isEmpty()) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                tryAppend(batch);
                return;
            } catch (SQLException e) {
                if (attempt < ATTEMPTS && isWorthRetrying(e)) {
                    partitions.forget();
                    continue;
                }
                throw failure(e);
            } catch (IOException e) {
                throw new TelemetryUnavailableException("telemetry: the database connection broke", e);
            }
        }
    }

    private void tryAppend(TelemetryBatch batch) throws SQLException, IOException {
        partitions.ensure(Stream.concat(
                        batch.spans().stream().map(SpanRecord::startedAt),
                        batch.logs().stream().map(LogEntry::at))
                .map(DayPartitions::day)
                .distinct()
                .toList());
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                new BatchWriter(connection, clock.instant()).write(batch);
                connection.commit();
            } catch (SQLException | IOException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Deadlock or serialisation (class 40), or a day that another node dropped meanwhile. */
    private static boolean isWorthRetrying(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("40") || state.equals(NO_PARTITION);
    }

    private static RuntimeException failure(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        // 22 data exception, 23 integrity: the rows themselves; everything else may be better later
        return state.startsWith("22") || state.startsWith("23")
                ? new TelemetryRefusedException("telemetry: the database cannot represent a value", e)
                : new TelemetryUnavailableException("telemetry: the database does not take it now", e);
    }

    @Override
    public List<SessionSummary> sessions(SessionQuery query) {
        return queries.sessions(query);
    }

    @Override
    public Optional<SessionSummary> session(UUID key) {
        return queries.session(key);
    }

    @Override
    public List<SpanRecord> runs(RunQuery query) {
        return queries.runs(query);
    }

    @Override
    public List<SpanRecord> trace(String traceId, int limit) {
        return queries.trace(traceId, limit);
    }

    @Override
    public List<LogEntry> logs(LogQuery query) {
        return queries.logs(query);
    }

    @Override
    public Map<String, Long> refusedConnections(Collection<SpanRecord> runs) {
        return queries.refusedConnections(runs);
    }

    @Override
    public List<AskQuery.Group> asks(AskQuery query) {
        return queries.asks(query);
    }

    @Override
    public Map<String, byte[]> contents(Collection<String> hashes) {
        return queries.contents(hashes);
    }

    @Override
    public void removeBefore(Instant rowsBefore, Instant contentBefore) {
        try {
            partitions.dropBefore(DayPartitions.day(rowsBefore));
            queries.deleteOld(rowsBefore, contentBefore);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public void prepare(Instant at) {
        try {
            partitions.ensure(List.of(DayPartitions.day(at)));
        } catch (SQLException e) {
            throw failure(e);
        }
    }
}
