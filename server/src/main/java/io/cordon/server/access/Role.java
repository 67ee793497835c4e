package io.cordon.server.access;

import static io.cordon.server.access.Permission.AUDIT_READ;
import static io.cordon.server.access.Permission.CONTENT_READ;
import static io.cordon.server.access.Permission.ENROLLMENT_READ;
import static io.cordon.server.access.Permission.FLEET_READ;
import static io.cordon.server.access.Permission.INVESTIGATION_READ;
import static io.cordon.server.access.Permission.POLICY_PUBLISH;
import static io.cordon.server.access.Permission.POLICY_READ;
import static io.cordon.server.access.Permission.POLICY_WRITE;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The four roles and, here and nowhere else, what each may do. */
public enum Role {
    /** Runs Cordon: everything. */
    ADMINISTRATOR(EnumSet.allOf(Permission.class)),
    /** Decides what policy holds; sees what the fleet does, but not the content of it. */
    APPROVER(EnumSet.of(
            FLEET_READ, ENROLLMENT_READ, POLICY_READ, POLICY_WRITE, POLICY_PUBLISH, INVESTIGATION_READ, AUDIT_READ)),
    /** Investigates: reads content too (each reading is audited), changes nothing. */
    ANALYST(EnumSet.of(FLEET_READ, POLICY_READ, INVESTIGATION_READ, CONTENT_READ, AUDIT_READ)),
    /** Looks on. */
    VIEWER(EnumSet.of(FLEET_READ, POLICY_READ, INVESTIGATION_READ));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Collections.unmodifiableSet(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** For example {@code administrator}. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a role's name.
     *
     * @throws IllegalArgumentException for a name that is none
     */
    @JsonCreator
    public static Role of(String name) {
        for (Role role : values()) {
            if (role.wire().equals(name)) {
                return role;
            }
        }
        throw new IllegalArgumentException("role: " + name + " (expected: administrator, approver, analyst or viewer)");
    }
}
