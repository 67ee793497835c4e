package io.cordon.agent.telemetry;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a run's spans, chosen when it begins: a record made again after a crash has the same ids, so that whoever stores
 * it can tell it is the same.
 *
 * @param parentSpanId of the caller's span; null when the run is its own trace
 */
public record RunIds(
        String traceId,
        @Nullable String parentSpanId,
        String root,
        String decision,
        String confinement,
        String execution) {

    /** New ids, below the caller's span if there is one. */
    public static RunIds create(@Nullable TraceParent parent, RandomGenerator random) {
        return new RunIds(
                parent == null ? hex(random, 16) : parent.traceId(),
                parent == null ? null : parent.spanId(),
                hex(random, 8),
                hex(random, 8),
                hex(random, 8),
                hex(random, 8));
    }

    private static String hex(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        do {
            random.nextBytes(bytes);
        } while (bytes[0] == 0);
        return HexFormat.of().formatHex(bytes);
    }

    /** What the run itself continues. */
    public String childHeader() {
        return new TraceParent(traceId, execution).header();
    }
}
