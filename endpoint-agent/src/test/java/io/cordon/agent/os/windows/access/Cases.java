package io.cordon.agent.os.windows.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** How many questions the properties put to plan and policy; told to the build. */
final class Cases {
    private static final AtomicLong COUNT = new AtomicLong();

    private Cases() {}

    static void count(long cases) {
        COUNT.addAndGet(cases);
    }

    static void write() throws IOException {
        Path target = Path.of("target");
        Files.createDirectories(target);
        Files.writeString(target.resolve("access-model-cases"), COUNT.get() + "\n");
    }
}
