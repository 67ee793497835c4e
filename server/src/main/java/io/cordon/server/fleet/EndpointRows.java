package io.cordon.server.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.server.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code endpoints} (with its newest certificate) as an {@link Endpoint}. */
final class EndpointRows {

    private static final TypeReference<Map<String, String>> TAGS = new TypeReference<>() {};

    private final ObjectMapper json;

    EndpointRows(ObjectMapper json) {
        this.json = json;
    }

    Endpoint read(ResultSet row) throws SQLException {
        return new Endpoint(
                row.getObject("id", UUID.class),
                row.getString("machine_id"),
                new Facts(
                        row.getString("hostname"),
                        row.getString("os"),
                        row.getString("os_version"),
                        row.getString("arch"),
                        row.getString("agent_version")),
                row.getString("group_name"),
                parse(row.getString("tags"), TAGS),
                Sql.requiredInstant(row, "enrolled_at"),
                Sql.instant(row, "disabled_at"),
                Sql.instant(row, "last_contact_at"),
                parseNullable(row.getString("health"), new TypeReference<Health>() {}),
                parseNullable(row.getString("effective_policy"), new TypeReference<EffectivePolicy>() {}),
                attempt(row),
                certificate(row));
    }

    private static @Nullable Attempt attempt(ResultSet row) throws SQLException {
        Instant at = Sql.instant(row, "attempt_at");
        return at == null
                ? null
                : new Attempt(
                        at,
                        Attempt.Status.valueOf(row.getString("attempt_status")),
                        row.getString("attempt_reason"),
                        row.getBytes("attempt_hash"));
    }

    private static @Nullable DeviceCertificate certificate(ResultSet row) throws SQLException {
        String serial = row.getString("serial");
        return serial == null
                ? null
                : new DeviceCertificate(
                        serial, Sql.requiredInstant(row, "not_before"), Sql.requiredInstant(row, "not_after"));
    }

    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass(), e);
        }
    }

    private <T> @Nullable T parseNullable(@Nullable String text, TypeReference<T> type) {
        return text == null ? null : parse(text, type);
    }

    private <T> T parse(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds unreadable JSON", e);
        }
    }
}
