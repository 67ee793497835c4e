package io.cordon.agent.telemetry;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} of W3C Trace Context (level 1, section 3.2): where a run hangs in somebody else's trace.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId 16 lower-case hex digits, not all zero
 */
public record TraceParent(String traceId, String spanId) {
    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

    public TraceParent {
        if (!TraceId.isValid(traceId) || !SpanId.isValid(spanId)) {
            throw new IllegalArgumentException(
                    "traceparent: " + traceId + "-" + spanId + " (expected: ids that are not zero)");
        }
    }

    /** Reads the header; empty for anything the specification says to ignore. */
    public static Optional<TraceParent> parse(@Nullable String header) {
        if (header == null || header.length() > 512) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(header);
        if (!matcher.matches() || "ff".equals(matcher.group(1))) {
            return Optional.empty();
        }
        boolean trailing = matcher.group(4) != null;
        String trace = String.valueOf(matcher.group(2));
        String span = String.valueOf(matcher.group(3));
        if (("00".equals(matcher.group(1)) && trailing) || !TraceId.isValid(trace) || !SpanId.isValid(span)) {
            return Optional.empty();
        }
        return Optional.of(new TraceParent(trace, span));
    }

    /** The header, with the flag that says it is recorded. */
    public String header() {
        return "00-" + traceId + "-" + spanId + "-01";
    }
}
