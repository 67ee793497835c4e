package io.cordon.server.enrollment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.server.platform.Cursor;
import io.cordon.server.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The tokens in PostgreSQL. */
@ApplicationScoped
class EnrollmentTokens {

    private static final TypeReference<Map<String, String>> TAGS = new TypeReference<>() {};

    private final Sql sql;
    private final ObjectMapper json;

    EnrollmentTokens(DataSource database, ObjectMapper json) {
        this.sql = new Sql(database);
        this.json = json;
    }

    void add(EnrollmentToken token) {
        sql.update(
                "insert into enrollment_tokens(id, secret_hash, group_name, tags, created_by, created_at, expires_at)"
                        + " values (?, ?, ?, ?::jsonb, ?, ?, ?)",
                token.id(),
                token.secretHash(),
                token.group(),
                write(token.tags()),
                token.createdBy(),
                token.createdAt(),
                token.expiresAt());
    }

    /** The token, locked until the transaction ends, so that it is used once. */
    Optional<EnrollmentToken> lock(String id) {
        return sql.first("select * from enrollment_tokens where id = ? for update", this::read, id);
    }

    /** Newest first. */
    List<EnrollmentToken> list(@Nullable Cursor after, int limit) {
        return after == null
                ? sql.list(
                        "select * from enrollment_tokens order by created_at desc, id desc limit ?",
                        this::read,
                        List.of(limit))
                : sql.list(
                        "select * from enrollment_tokens where (created_at, id) < (?::timestamptz, ?)"
                                + " order by created_at desc, id desc limit ?",
                        this::read,
                        List.of(after.instant(0), after.text(1), limit));
    }

    void markUsed(String id, UUID endpointId, byte[] key, Instant at) {
        sql.update(
                "update enrollment_tokens set used_at = ?, used_by = ?, used_key = ? where id = ?",
                at,
                endpointId,
                key,
                id);
    }

    void revoke(String id, Instant at) {
        sql.update("update enrollment_tokens set revoked_at = coalesce(revoked_at, ?) where id = ?", at, id);
    }

    private EnrollmentToken read(ResultSet row) throws SQLException {
        try {
            return new EnrollmentToken(
                    row.getString("id"),
                    row.getBytes("secret_hash"),
                    row.getString("group_name"),
                    json.readValue(row.getString("tags"), TAGS),
                    row.getString("created_by"),
                    Sql.requiredInstant(row, "created_at"),
                    Sql.requiredInstant(row, "expires_at"),
                    Sql.instant(row, "revoked_at"),
                    Sql.instant(row, "used_at"),
                    row.getObject("used_by", UUID.class),
                    row.getBytes("used_key"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds unreadable JSON", e);
        }
    }

    private String write(Map<String, String> tags) {
        try {
            return json.writeValueAsString(tags);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
