package io.cordon.server.trust;

import io.cordon.policy.trust.RepositoryFiles;
import io.cordon.policy.trust.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The repository's files and head in the database. Takes part in the caller's transaction. */
@ApplicationScoped
class RepositoryStore {
    /** Held while the repository is begun, when there is no head row to lock yet. */
    private static final long BEGIN_LOCK = 0x636f_7264_7472_7573L;

    private static final String SELECT_HEAD = "SELECT * FROM trust_head";

    private final DataSource database;

    RepositoryStore(DataSource database) {
        this.database = database;
    }

    Optional<byte[]> file(String path) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT bytes FROM trust_file WHERE path = ?")) {
            select.setString(1, path);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the repository's files cannot be read", e);
        }
    }

    /** The head, empty before the repository was begun. */
    Optional<Head> head() {
        return head(SELECT_HEAD);
    }

    /** The head, locked until the transaction ends: whoever else publishes waits. */
    Optional<Head> lockHead() {
        return head(SELECT_HEAD + " FOR UPDATE");
    }

    /** The head, locked, or empty at once when another node holds it. */
    Optional<Head> tryLockHead() {
        return head(SELECT_HEAD + " FOR UPDATE SKIP LOCKED");
    }

    /** Waits until no other node is beginning the repository. */
    void lockBeginning() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + BEGIN_LOCK + ")");
        } catch (SQLException e) {
            throw new IllegalStateException("the repository cannot be locked", e);
        }
    }

    /** What the publisher needs of what was published before: the current metadata of every role. */
    RepositoryFiles current(Head head) {
        Map<String, byte[]> files = new TreeMap<>();
        for (Role role : Role.values()) {
            String path = head.path(role);
            files.put(
                    path,
                    file(path).orElseThrow(() -> new IllegalStateException(path + ": missing (expected: published)")));
        }
        return new RepositoryFiles(files);
    }

    /**
     * Adds the files and moves the head. Only the timestamp is ever replaced: any other path that exists already is an error,
     * never a silent change.
     */
    void add(RepositoryFiles files, Head head, Instant now) {
        try (Connection connection = database.getConnection()) {
            for (Map.Entry<String, byte[]> file : files.files().entrySet()) {
                insert(connection, file.getKey(), file.getValue(), now);
            }
            moveHead(connection, head, now);
        } catch (SQLException e) {
            throw new IllegalStateException("the repository's files cannot be written", e);
        }
    }

    private static void insert(Connection connection, String path, byte[] bytes, Instant now) throws SQLException {
        // a target that comes back unchanged has the same path, which holds the hash of the same bytes
        String onConflict = path.equals(RepositoryFiles.TIMESTAMP)
                ? " ON CONFLICT (path) DO UPDATE SET bytes = EXCLUDED.bytes, published_at = EXCLUDED.published_at"
                : path.startsWith("targets/") ? " ON CONFLICT (path) DO NOTHING" : "";
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO trust_file (path, bytes, published_at) VALUES (?, ?, ?)" + onConflict)) {
            insert.setString(1, path);
            insert.setBytes(2, bytes);
            insert.setObject(3, time(now));
            insert.executeUpdate();
        }
    }

    private static void moveHead(Connection connection, Head head, Instant now) throws SQLException {
        String sql = "INSERT INTO trust_head (root_version, targets_version, snapshot_version, timestamp_version,"
                + " root_expires, targets_expires, snapshot_expires, timestamp_expires, published_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (singleton) DO UPDATE SET"
                + " root_version = EXCLUDED.root_version, targets_version = EXCLUDED.targets_version,"
                + " snapshot_version = EXCLUDED.snapshot_version, timestamp_version = EXCLUDED.timestamp_version,"
                + " root_expires = EXCLUDED.root_expires, targets_expires = EXCLUDED.targets_expires,"
                + " snapshot_expires = EXCLUDED.snapshot_expires, timestamp_expires = EXCLUDED.timestamp_expires,"
                + " published_at = EXCLUDED.published_at";
        try (PreparedStatement upsert = connection.prepareStatement(sql)) {
            int at = 1;
            for (Role role : Role.values()) {
                upsert.setLong(at, head.version(role));
                upsert.setObject(at + 4, time(head.expires(role)));
                at++;
            }
            upsert.setObject(9, time(now));
            upsert.executeUpdate();
        }
    }

    /** Tells every node, when the transaction commits, that endpoints have something to fetch. */
    void announce(long targetsVersion) {
        try (Connection connection = database.getConnection();
                PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            notify.setString(1, SignedRepository.CHANNEL);
            notify.setString(2, Long.toString(targetsVersion));
            notify.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("the publication cannot be announced", e);
        }
    }

    private Optional<Head> head(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                return Optional.empty();
            }
            EnumMap<Role, Head.Current> roles = new EnumMap<>(Role.class);
            for (Role role : Role.values()) {
                roles.put(
                        role,
                        new Head.Current(
                                row.getLong(role.text() + "_version"),
                                row.getObject(role.text() + "_expires", OffsetDateTime.class)
                                        .toInstant()));
            }
            return Optional.of(new Head(roles));
        } catch (SQLException e) {
            throw new IllegalStateException("the repository's head cannot be read", e);
        }
    }

    private static OffsetDateTime time(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
