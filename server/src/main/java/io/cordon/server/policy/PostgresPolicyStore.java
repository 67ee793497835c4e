package io.cordon.server.policy;

import io.cordon.policy.model.DocumentKind;
import io.cordon.policy.model.PolicyName;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Documents in PostgreSQL. */
@ApplicationScoped
public class PostgresPolicyStore implements PolicyStore {
    private static final String REVISION =
            "SELECT r.*, d.kind FROM policy_revision r JOIN policy_document d USING (name)";
    private static final String ENTRY = """
            SELECT d.name AS document, d.kind,
                   p.revision AS p_revision, p.title AS p_title, p.description AS p_description, p.source AS p_source,
                   p.author AS p_author, p.reason AS p_reason, p.updated_at AS p_updated_at, r.*
            FROM policy_document d
            LEFT JOIN policy_draft p ON p.name = d.name
            LEFT JOIN LATERAL (SELECT * FROM policy_revision x WHERE x.name = d.name ORDER BY revision DESC LIMIT 1) r
                ON true
            WHERE (p.name IS NOT NULL OR r.name IS NOT NULL)""";

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final DataSource database;

    public PostgresPolicyStore(DataSource database) {
        this.database = database;
    }

    @Override
    public List<PolicyEntry> list(@Nullable DocumentKind kind, @Nullable PolicyName after, int limit) {
        // names compare by bytes, as in every other implementation, whatever the database's collation
        String sql = ENTRY + " AND (?::text IS NULL OR d.kind = ?) AND (?::text IS NULL OR d.name COLLATE \"C\" > ?)"
                + " ORDER BY d.name COLLATE \"C\" LIMIT ?";
        String word = kind == null ? null : kind.word();
        String name = after == null ? null : after.value();
        return query(sql, PostgresPolicyStore::entry, word, word, name, name, limit);
    }

    @Override
    public Optional<PolicyEntry> find(PolicyName name) {
        return query(ENTRY + " AND d.name = ?", PostgresPolicyStore::entry, name.value()).stream()
                .findAny();
    }

    @Override
    public SaveResult saveDraft(Draft draft, int expectedRevision) {
        // The document's row is the lock under which the draft is compared and replaced.
        update(
                "INSERT INTO policy_document (name, kind, draft_counter) VALUES (?, ?, 0) ON CONFLICT (name) DO NOTHING",
                draft.name().value(),
                draft.kind().word());
        int counter = query(
                        "SELECT draft_counter FROM policy_document WHERE name = ? FOR UPDATE",
                        row -> row.getInt(1),
                        draft.name().value())
                .get(0);
        Optional<Draft> present = find(draft.name()).map(PolicyEntry::draft);
        if (present.map(Draft::revision).orElse(0) != expectedRevision) {
            return new SaveResult.Conflict(present);
        }
        int next = counter + 1;
        String name = draft.name().value();
        // a name of which nothing is left but its row may begin again as another kind
        update(
                "UPDATE policy_document d SET draft_counter = ?, kind = CASE WHEN EXISTS (SELECT FROM policy_revision r"
                        + " WHERE r.name = d.name) OR EXISTS (SELECT FROM policy_draft p WHERE p.name = d.name)"
                        + " THEN kind ELSE ? END WHERE name = ?",
                next,
                draft.kind().word(),
                name);
        update(
                "INSERT INTO policy_draft (name, revision, title, description, source, author, reason, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET revision = EXCLUDED.revision,"
                        + " title = EXCLUDED.title, description = EXCLUDED.description, source = EXCLUDED.source,"
                        + " author = EXCLUDED.author, reason = EXCLUDED.reason, updated_at = EXCLUDED.updated_at",
                name,
                next,
                draft.title(),
                draft.description(),
                draft.source(),
                draft.author(),
                draft.reason(),
                draft.updatedAt());
        return new SaveResult.Saved(find(draft.name()).map(PolicyEntry::draft).orElseThrow());
    }

    @Override
    public boolean removeDraft(PolicyName name, int revision) {
        return update("DELETE FROM policy_draft WHERE name = ? AND revision = ?", name.value(), revision) == 1;
    }

    @Override
    public void addRevision(PublishedRevision revision) {
        String name = revision.name().value();
        update(
                "INSERT INTO policy_document (name, kind, draft_counter) VALUES (?, ?, 0) ON CONFLICT (name) DO NOTHING",
                name,
                revision.kind().word());
        int newest = query(
                        "SELECT coalesce(max(revision), 0) FROM policy_revision WHERE name = ?",
                        row -> row.getInt(1),
                        name)
                .get(0);
        if (revision.revision() != newest + 1) {
            throw new IllegalArgumentException(
                    name + " revision: " + revision.revision() + " (expected: " + (newest + 1) + ")");
        }
        update(
                "INSERT INTO policy_revision (name, revision, title, description, source, digest, author, reason,"
                        + " published_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                name,
                revision.revision(),
                revision.title(),
                revision.description(),
                revision.source(),
                revision.digest(),
                revision.author(),
                revision.reason(),
                revision.publishedAt());
    }

    @Override
    public List<PublishedRevision> revisions(PolicyName name) {
        return query(
                REVISION + " WHERE r.name = ? ORDER BY r.revision DESC", PostgresPolicyStore::revision, name.value());
    }

    @Override
    public Optional<PublishedRevision> revision(PolicyName name, int revision) {
        return query(
                        REVISION + " WHERE r.name = ? AND r.revision = ?",
                        PostgresPolicyStore::revision,
                        name.value(),
                        revision)
                .stream()
                .findAny();
    }

    @Override
    public List<PublishedRevision> current() {
        return query(
                REVISION + " WHERE r.revision = (SELECT max(x.revision) FROM policy_revision x WHERE x.name = r.name)"
                        + " ORDER BY r.name COLLATE \"C\"",
                PostgresPolicyStore::revision);
    }

    private static PolicyEntry entry(ResultSet row) throws SQLException {
        PolicyName name = new PolicyName(row.getString("document"));
        DocumentKind kind = DocumentKind.ofWord(row.getString("kind"));
        Draft draft = row.getString("p_source") == null
                ? null
                : new Draft(
                        name,
                        kind,
                        row.getInt("p_revision"),
                        row.getString("p_title"),
                        row.getString("p_description"),
                        row.getString("p_source"),
                        row.getString("p_author"),
                        row.getString("p_reason"),
                        instant(row, "p_updated_at"));
        return new PolicyEntry(name, kind, draft, row.getString("digest") == null ? null : revision(row));
    }

    private static PublishedRevision revision(ResultSet row) throws SQLException {
        return new PublishedRevision(
                new PolicyName(row.getString("name")),
                DocumentKind.ofWord(row.getString("kind")),
                row.getInt("revision"),
                row.getString("title"),
                row.getString("description"),
                row.getString("source"),
                row.getString("digest"),
                row.getString("author"),
                row.getString("reason"),
                instant(row, "published_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private <T> List<T> query(String sql, Reader<T> reader, @Nullable Object... arguments) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the policy documents cannot be read", e);
        }
    }

    private int update(String sql, @Nullable Object... arguments) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection, sql, arguments)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the policy documents cannot be written", e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            statement.setObject(
                    i + 1, argument instanceof Instant at ? OffsetDateTime.ofInstant(at, ZoneOffset.UTC) : argument);
        }
        return statement;
    }
}
