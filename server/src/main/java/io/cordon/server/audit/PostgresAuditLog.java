package io.cordon.server.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The chain in PostgreSQL. The head row is locked until the caller's transaction ends: appends are in one line, and a change
 * that is rolled back leaves no gap.
 */
@ApplicationScoped
public class PostgresAuditLog implements AuditLog {

    private static final String COLUMNS = "sequence, at, actor, action, subject, reason, previous_hash, hash";

    private final DataSource database;

    public PostgresAuditLog(DataSource database) {
        this.database = database;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public AuditEntry append(AuditEvent event) {
        try (Connection connection = database.getConnection()) {
            Head head = head(connection, " for update");
            AuditEntry entry = AuditEntry.after(head.sequence(), head.hash(), event);
            insert(connection, entry);
            try (PreparedStatement update =
                    connection.prepareStatement("update audit_head set sequence = ?, hash = ?")) {
                update.setLong(1, entry.sequence());
                update.setBytes(2, entry.hash());
                update.executeUpdate();
            }
            return entry;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot append to the audit log", e);
        }
    }

    private static void insert(Connection connection, AuditEntry entry) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into audit_entries(" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            AuditEvent event = entry.event();
            insert.setLong(1, entry.sequence());
            insert.setObject(2, event.at().atOffset(ZoneOffset.UTC));
            insert.setString(3, event.actor());
            insert.setString(4, event.action());
            insert.setString(5, event.subject());
            insert.setString(6, event.reason());
            insert.setBytes(7, entry.previousHash());
            insert.setBytes(8, entry.hash());
            insert.executeUpdate();
        }
    }

    @Override
    public List<AuditEntry> before(long sequence, int limit) {
        return select("where sequence < ? order by sequence desc limit ?", sequence, limit);
    }

    @Override
    public List<AuditEntry> from(long sequence, int limit) {
        return select("where sequence >= ? order by sequence limit ?", sequence, limit);
    }

    private List<AuditEntry> select(String clause, long sequence, int limit) {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select " + COLUMNS + " from audit_entries " + clause)) {
            select.setLong(1, sequence);
            select.setInt(2, limit);
            List<AuditEntry> entries = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    AuditEvent event = new AuditEvent(
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6));
                    entries.add(new AuditEntry(row.getLong(1), event, row.getBytes(7), row.getBytes(8)));
                }
            }
            return entries;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the audit log", e);
        }
    }

    @Override
    public Head head() {
        try (Connection connection = database.getConnection()) {
            return head(connection, "");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the audit log's head", e);
        }
    }

    private static Head head(Connection connection, String lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select sequence, hash from audit_head" + lock);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the audit log has no head: the database was not migrated by Cordon");
            }
            return new Head(row.getLong(1), row.getBytes(2));
        }
    }
}
