package io.cordon.agent.os.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The spawner as this package sees it: two byte streams, and an end. */
interface SpawnerProcess {
    InputStream messages();

    OutputStream commands();

    /** Closes its input, on which it kills every run and exits; then makes sure of it. */
    void stop();

    /** What became of it, one line, once its output has ended. */
    String epitaph();

    /** Starts one. */
    @FunctionalInterface
    interface Starter {
        SpawnerProcess start() throws IOException;
    }

    /**
     * Starts the native program.
     *
     * @param hidden data and runtime directories; the spawner refuses a plan that does not mask them all
     */
    static Starter program(Path spawner, Path socket, Path bubblewrap, List<Path> hidden) {
        return () -> {
            for (Path needed : List.of(spawner, bubblewrap)) {
                if (!Files.isExecutable(needed)) {
                    throw new IOException(needed + ": not an executable file; without it nothing can be confined."
                            + " Install it or correct its path");
                }
            }
            List<String> command = new ArrayList<>(
                    List.of(spawner.toString(), "--socket", socket.toString(), "--bwrap", bubblewrap.toString()));
            hidden.forEach(directory -> command.addAll(List.of("--protect", directory.toString())));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().keySet().retainAll(List.of("PATH"));
            return of(builder.start());
        };
    }

    private static SpawnerProcess of(Process process) {
        return new SpawnerProcess() {
            @Override
            public InputStream messages() {
                return process.getInputStream();
            }

            @Override
            public OutputStream commands() {
                return process.getOutputStream();
            }

            @Override
            public void stop() {
                try {
                    process.getOutputStream().close();
                    if (!process.waitFor(5, TimeUnit.SECONDS)) {
                        process.destroyForcibly();
                    }
                } catch (IOException e) {
                    process.destroyForcibly();
                } catch (InterruptedException e) {
                    process.destroyForcibly();
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public String epitaph() {
                try {
                    if (!process.waitFor(5, TimeUnit.SECONDS)) {
                        process.destroyForcibly();
                        return "the spawner closed its output and was killed";
                    }
                    return "the spawner exited with status " + process.exitValue();
                } catch (InterruptedException e) {
                    process.destroyForcibly();
                    Thread.currentThread().interrupt();
                    return "the spawner was killed";
                }
            }
        };
    }
}
