package io.cordon.server.telemetry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Tallies of hooks as rows of table {@code ask_tally}. */
final class AskRows {
    private static final List<String> NUMBERS = List.of(
            "allowed", "denied", "asked", "said_yes", "said_no", "remembered", "unanswered", "answers", "answer_ms");

    private AskRows() {}

    static void add(Connection connection, List<AskTally> tallies) throws SQLException {
        StringBuilder sums = new StringBuilder();
        NUMBERS.forEach(each -> sums.append(", ")
                .append(each)
                .append(" = t.")
                .append(each)
                .append(" + EXCLUDED.")
                .append(each));
        String sql = "INSERT INTO ask_tally AS t (hour, endpoint_id, user_name, agent, rule, hostname, "
                + String.join(", ", NUMBERS) + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (hour, endpoint_id, user_name, agent, rule) DO UPDATE SET"
                + " hostname = COALESCE(EXCLUDED.hostname, t.hostname)" + sums;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (AskTally tally : tallies) {
                statement.setObject(1, OffsetDateTime.ofInstant(tally.hour(), ZoneOffset.UTC));
                statement.setObject(2, tally.endpointId());
                statement.setString(3, tally.user());
                statement.setString(4, tally.agent());
                statement.setString(5, tally.rule());
                statement.setString(6, tally.hostname());
                int column = 7;
                for (long number : numbers(tally.numbers())) {
                    statement.setLong(column++, number);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static long[] numbers(AskNumbers numbers) {
        return new long[] {
            numbers.allowed(),
            numbers.denied(),
            numbers.asked(),
            numbers.saidYes(),
            numbers.saidNo(),
            numbers.remembered(),
            numbers.unanswered(),
            numbers.answers(),
            numbers.answerMillis()
        };
    }

    /** The query's text; its parameters are added to {@code arguments} in order. */
    static String select(AskQuery query, List<Object> arguments) {
        String key =
                switch (query.by()) {
                    case NOTHING -> "''";
                    case AGENT -> "agent";
                    case USER -> "user_name";
                    case ENDPOINT -> "endpoint_id::text";
                    case RULE -> "rule";
                };
        String label = query.by() == AskQuery.By.ENDPOINT ? "COALESCE(max(hostname), endpoint_id::text)" : key;
        List<String> sums = new ArrayList<>();
        NUMBERS.forEach(each -> sums.add("COALESCE(sum(" + each + "), 0) AS " + each));
        StringBuilder sql = new StringBuilder("SELECT " + key + " AS key, " + label + " AS label, "
                + String.join(", ", sums) + " FROM ask_tally WHERE hour >= ? AND hour < ?");
        arguments.add(OffsetDateTime.ofInstant(query.from().truncatedTo(ChronoUnit.HOURS), ZoneOffset.UTC));
        arguments.add(OffsetDateTime.ofInstant(query.to(), ZoneOffset.UTC));
        if (query.endpointId() != null) {
            sql.append(" AND endpoint_id = ?");
            arguments.add(query.endpointId());
        }
        if (query.user() != null) {
            sql.append(" AND user_name = ?");
            arguments.add(query.user());
        }
        if (query.agent() != null) {
            sql.append(" AND agent = ?");
            arguments.add(query.agent());
        }
        if (query.by() == AskQuery.By.ENDPOINT) {
            sql.append(" GROUP BY endpoint_id");
        } else if (query.by() != AskQuery.By.NOTHING) {
            sql.append(" GROUP BY ").append(key);
        }
        sql.append(" ORDER BY sum(asked) DESC, sum(allowed + denied) DESC, 1 LIMIT ?");
        arguments.add(query.limit());
        return sql.toString();
    }

    static AskQuery.Group read(ResultSet row) throws SQLException {
        return new AskQuery.Group(
                row.getString("key"),
                row.getString("label"),
                new AskNumbers(
                        row.getLong("allowed"),
                        row.getLong("denied"),
                        row.getLong("asked"),
                        row.getLong("said_yes"),
                        row.getLong("said_no"),
                        row.getLong("remembered"),
                        row.getLong("unanswered"),
                        row.getLong("answers"),
                        row.getLong("answer_ms")));
    }
}
