package io.cordon.server.telemetry;

import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Trace ids as {@code uuid} and span ids as {@code bigint}: 16 and 8 bytes on disk without a length. */
final class RowIds {
    private RowIds() {}

    static UUID trace(String hex) {
        return new UUID(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    static @Nullable UUID traceOrNull(@Nullable String hex) {
        return hex == null ? null : trace(hex);
    }

    static long span(String hex) {
        return HexFormat.fromHexDigitsToLong(hex);
    }

    static @Nullable Long spanOrNull(@Nullable String hex) {
        return hex == null ? null : span(hex);
    }

    static String traceHex(UUID id) {
        return HexFormat.of().toHexDigits(id.getMostSignificantBits())
                + HexFormat.of().toHexDigits(id.getLeastSignificantBits());
    }

    static String spanHex(long id) {
        return HexFormat.of().toHexDigits(id);
    }
}
