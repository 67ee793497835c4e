package io.cordon.server.platform;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sort key of the last item of a page (keyset paging: no offsets, so no ceiling and no shifting when rows are added).
 * Opaque on the wire: base64url of the parts, separated by U+001F.
 */
public record Cursor(List<String> parts) {

    private static final String SEPARATOR = "\u001f";

    public Cursor {
        parts = List.copyOf(parts);
    }

    public static Cursor of(Object... parts) {
        return new Cursor(java.util.Arrays.stream(parts).map(String::valueOf).toList());
    }

    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a cursor that a client sent back.
     *
     * @return null for none (the first page)
     * @throws Problem {@code platform.bad-cursor} when it does not have that many parts
     */
    public static @Nullable Cursor decode(@Nullable String text, int parts) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            Cursor cursor = new Cursor(List.of(decoded.split(SEPARATOR, -1)));
            if (cursor.parts.size() == parts) {
                return cursor;
            }
        } catch (IllegalArgumentException notBase64) {
            // Falls through to the one answer for every malformed cursor.
        }
        throw invalid();
    }

    public String text(int index) {
        return parts.get(index);
    }

    /** @throws Problem {@code platform.bad-cursor} when it is not of that form */
    public String text(int index, Pattern form) {
        String text = parts.get(index);
        if (!form.matcher(text).matches()) {
            throw invalid();
        }
        return text;
    }

    public long number(int index) {
        try {
            return Long.parseLong(parts.get(index));
        } catch (NumberFormatException notANumber) {
            throw invalid();
        }
    }

    public Instant instant(int index) {
        try {
            return Instant.parse(parts.get(index));
        } catch (DateTimeParseException notATime) {
            throw invalid();
        }
    }

    public UUID uuid(int index) {
        try {
            return UUID.fromString(parts.get(index));
        } catch (IllegalArgumentException notAnId) {
            throw invalid();
        }
    }

    private static Problem invalid() {
        return Problem.of(
                ProblemCode.PLATFORM_BAD_CURSOR, "cursor: not one of this list (expected: nextCursor of a page)");
    }
}
