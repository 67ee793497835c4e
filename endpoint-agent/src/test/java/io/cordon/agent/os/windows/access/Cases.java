package io.cordon.agent.os.windows.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** How many questions the properties put to plan and policy; told to the build. */
final class Cases {
    private static final long LEAST_PERMITTED = 500;
    private static final AtomicLong COUNT = new AtomicLong();
    private static final AtomicLong PERMITTED = new AtomicLong();

    private Cases() {}

    static void count(long cases) {
        COUNT.addAndGet(cases);
    }

    /** A question that both answered with yes. */
    static void permitted() {
        PERMITTED.incrementAndGet();
    }

    static void write() throws IOException {
        // Most paths lie outside every root; that many inside show that something is permitted at all.
        if (PERMITTED.get() < LEAST_PERMITTED) {
            throw new AssertionError(
                    "permitted: " + PERMITTED + " of " + COUNT + " (expected: at least " + LEAST_PERMITTED + ")");
        }
        Path target = Path.of("target");
        Files.createDirectories(target);
        Files.writeString(target.resolve("access-model-cases"), COUNT.get() + "\n");
    }
}
