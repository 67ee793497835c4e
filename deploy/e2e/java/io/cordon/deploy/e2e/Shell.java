package io.cordon.deploy.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands that set the scene; one that fails fails the test. */
final class Shell {
    private static final long LIMIT_SECONDS = 120;

    private Shell() {}

    static String run(String... command) throws IOException, InterruptedException {
        return run(Path.of("/"), command);
    }

    static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("still running after " + LIMIT_SECONDS + " s: " + List.of(command));
        }
        if (process.exitValue() != 0) {
            throw new IOException(List.of(command) + " ended with exit code " + process.exitValue() + ": " + output);
        }
        return output;
    }
}
