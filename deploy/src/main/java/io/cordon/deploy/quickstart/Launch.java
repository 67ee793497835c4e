package io.cordon.deploy.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One finished call of the launcher {@code cordon}.
 *
 * @param exitCode its exit code
 * @param output what it printed on standard output and standard error
 */
public record Launch(int exitCode, String output) {
    private static final long LIMIT_SECONDS = 600;

    /** Calls {@code cordon} at the given socket and waits for it. */
    public static Launch of(Path cordon, Path socket, List<String> arguments)
            throws QuickstartException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(cordon.toString()));
        command.addAll(arguments);
        return run(command, socket, Path.of("/"));
    }

    /** Runs a command that calls {@code cordon}, in a folder. */
    public static Launch run(List<String> command, Path socket, Path folder)
            throws QuickstartException, InterruptedException {
        try {
            Path output = Files.createTempFile("cordon-launch-", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(output.toFile());
                builder.environment().put("CORDON_SOCKET", socket.toString());
                Process process = builder.start();
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new QuickstartException(
                            "still running after " + LIMIT_SECONDS + " s: " + String.join(" ", command));
                }
                return new Launch(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new QuickstartException(command.get(0) + " cannot be started: " + e.getMessage(), e);
        }
    }
}
