package io.cordon.server.investigation;

import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what a request gives as a filter; blank is as good as absent, and anything else wrong is {@code platform.invalid}. */
final class Given {
    private Given() {}

    static @Nullable String text(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** @param name of the parameter, for the problem */
    static @Nullable UUID id(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw invalid(name + ": " + text + " (expected: an id)");
        }
    }

    /** @param name of the parameter, for the problem */
    static Optional<Instant> time(String name, @Nullable String text) {
        try {
            return Optional.ofNullable(text(text)).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw invalid(name + ": " + text + " (expected: RFC 3339 in UTC, as 2026-11-23T10:00:00Z)");
        }
    }

    static Problem invalid(String detail) {
        return Problem.of(ProblemCode.PLATFORM_INVALID, detail);
    }
}
