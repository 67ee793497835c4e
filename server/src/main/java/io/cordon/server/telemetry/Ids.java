package io.cordon.server.telemetry;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/** Trace and span ids: 16 and 8 bytes, not all zero, in hexadecimal everywhere but on disk. */
final class Ids {
    static final int TRACE_BYTES = 16;
    static final int SPAN_BYTES = 8;

    private Ids() {}

    static boolean isTraceId(ByteString id) {
        return id.size() == TRACE_BYTES && !isZero(id);
    }

    static boolean isSpanId(ByteString id) {
        return id.size() == SPAN_BYTES && !isZero(id);
    }

    /** No id at all: left out, or all zero as some exporters write it. */
    static boolean isAbsent(ByteString id) {
        return isZero(id);
    }

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    /** True for the text form of a trace id. */
    static boolean isTraceId(String text) {
        return text.matches("[0-9a-f]{32}");
    }

    private static boolean isZero(ByteString id) {
        for (int i = 0; i < id.size(); i++) {
            if (id.byteAt(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
