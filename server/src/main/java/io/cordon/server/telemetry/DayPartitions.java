package io.cordon.server.telemetry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The days (UTC) of {@code span} and {@code log_record}: made when a row needs one, dropped whole by retention. */
final class DayPartitions {
    private static final List<String> TABLES = List.of("span", "log_record");
    private static final DateTimeFormatter NAME = DateTimeFormatter.BASIC_ISO_DATE;
    /** Serialises makers on all nodes: IF NOT EXISTS alone races on the catalogue. */
    private static final long LOCK = 0x636f_7264_7061_7274L;

    private final DataSource database;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    DayPartitions(DataSource database) {
        this.database = database;
    }

    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    void ensure(Collection<LocalDate> days) throws SQLException {
        List<LocalDate> missing =
                days.stream().filter(day -> !known.contains(day)).distinct().toList();
        if (missing.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
                for (LocalDate day : missing) {
                    for (String table : TABLES) {
                        statement.execute(create(table, day));
                    }
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        known.addAll(missing);
    }

    /** Forgets what is known to exist, after another node dropped a day. */
    void forget() {
        known.clear();
    }

    void dropBefore(LocalDate day) throws SQLException {
        known.removeIf(each -> each.isBefore(day));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                for (String partition : partitions(statement, table)) {
                    String date = partition.substring(table.length() + 1);
                    if (LocalDate.parse(date, NAME).isBefore(day)) {
                        statement.execute("DROP TABLE IF EXISTS " + partition);
                    }
                }
            }
        }
    }

    private static List<String> partitions(Statement statement, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        String sql = "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '"
                + table + "'::regclass ORDER BY c.relname";
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static String create(String table, LocalDate day) {
        return "CREATE TABLE IF NOT EXISTS " + table + "_" + NAME.format(day) + " PARTITION OF " + table
                + " FOR VALUES FROM ('" + day + " 00:00:00+00') TO ('" + day.plusDays(1) + " 00:00:00+00')";
    }
}
