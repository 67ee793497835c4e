package io.cordon.server.fleet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a coding agent stands with the policy of its endpoint. */
public enum Standing {
    /** Policy names it and its settings are managed. */
    MANAGED,
    /** Policies can name it, and this one does not. */
    UNMANAGED,
    /** Any other coding agent. */
    UNKNOWN;

    /** For example {@code unmanaged}. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What an endpoint says; a word that is not known here is {@link #UNKNOWN}. */
    @JsonCreator
    static Standing told(@Nullable String word) {
        for (Standing standing : values()) {
            if (standing.wire().equals(word)) {
                return standing;
            }
        }
        return UNKNOWN;
    }

    /** Reads a query parameter; {@code platform.invalid} for what is no standing. */
    static Standing of(String text) {
        Standing standing = told(text);
        if (!standing.wire().equals(text)) {
            throw Problem.of(
                    ProblemCode.PLATFORM_INVALID, "standing: " + text + " (expected: managed, unmanaged or unknown)");
        }
        return standing;
    }
}
