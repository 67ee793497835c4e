package io.cordon.server.access;

import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts sign-ins by user and by address, on all nodes together. An attempt is counted before the password is looked at, so
 * that many at once do not slip through; a success takes the user's count back.
 */
@ApplicationScoped
class SignInLimit {

    private final DataSource database;
    private final AccessConfig config;
    private final InstantSource clock;

    SignInLimit(DataSource database, AccessConfig config, InstantSource clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    /** Counts one attempt; throws {@code access.rate-limited} with {@code Retry-After} when there were too many. */
    void attempt(String user, String address) {
        Instant now = clock.instant();
        count("user:" + user, config.attemptsPerUser(), now);
        count("address:" + address, config.attemptsPerAddress(), now);
    }

    void succeeded(String user) {
        execute("delete from sign_in_failures where subject = ?", "user:" + user, null);
    }

    private void count(String subject, int limit, Instant now) {
        Instant from = now.minus(config.attemptsWindow());
        execute("delete from sign_in_failures where subject = ? and at < ?", subject, from);
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "with tried as (insert into sign_in_failures(subject, at) values (?, ?) returning 1)"
                                + " select count(*) from sign_in_failures where subject = ? and at >= ?")) {
            select.setString(1, subject);
            select.setObject(2, now.atOffset(ZoneOffset.UTC));
            select.setString(3, subject);
            select.setObject(4, from.atOffset(ZoneOffset.UTC));
            try (ResultSet row = select.executeQuery()) {
                if (row.next() && row.getLong(1) >= limit) {
                    throw Problem.of(
                                    ProblemCode.ACCESS_RATE_LIMITED,
                                    "More than " + limit + " attempts in "
                                            + config.attemptsWindow().toMinutes() + " minutes: wait, then try again.")
                            .withHeader(
                                    "Retry-After",
                                    Long.toString(config.attemptsWindow().toSeconds()));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot count a sign-in", e);
        }
    }

    private void execute(String sql, String subject, @Nullable Instant at) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, subject);
            if (at != null) {
                statement.setObject(2, at.atOffset(ZoneOffset.UTC));
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot count a sign-in", e);
        }
    }
}
