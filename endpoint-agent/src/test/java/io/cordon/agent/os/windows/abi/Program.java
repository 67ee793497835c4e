package io.cordon.agent.os.windows.abi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a tool of the build machine said: its exit code, and output with errors in the order written. */
record Program(List<String> command, int exit, List<String> output) {

    /** @throws IOException if the tool cannot be started */
    static Program run(Path folder, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("LC_ALL", "C"));
        Process process = builder.start();
        process.getOutputStream().close();
        try (InputStream output = process.getInputStream()) {
            List<String> lines = new String(output.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return new Program(command, process.waitFor(), lines);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + command, e);
        }
    }

    /** The problems read from the output; a failure in which none can be read is one. */
    List<String> problems(Function<List<String>, List<String>> reader) {
        List<String> problems = reader.apply(output);
        if (exit != 0 && problems.isEmpty()) {
            return List.of(String.join(" ", command) + ": exit code " + exit + ": " + String.join(" / ", output));
        }
        if (exit == 0 && !problems.isEmpty()) {
            throw new IllegalStateException(command + ": exit code 0 with errors: " + problems);
        }
        return problems;
    }
}
