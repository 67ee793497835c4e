package io.cordon.server.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an admin request may need; which role has it stands in {@link Role}. On the wire {@code domain.verb}. */
public enum Permission {
    ACCESS_MANAGE,
    AUDIT_READ,
    CONTENT_READ,
    ENROLLMENT_READ,
    ENROLLMENT_MANAGE,
    FLEET_READ,
    FLEET_MANAGE,
    INVESTIGATION_READ,
    POLICY_READ,
    POLICY_WRITE,
    POLICY_PUBLISH;

    /** For example {@code policy.publish}. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
