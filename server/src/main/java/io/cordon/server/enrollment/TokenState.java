package io.cordon.server.enrollment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can be done with an enrollment token: only one that is unused enrolls. */
public enum TokenState {
    UNUSED,
    USED,
    EXPIRED,
    REVOKED;

    /** For example {@code unused}. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
