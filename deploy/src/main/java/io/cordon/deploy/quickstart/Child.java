package io.cordon.deploy.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of ours that ends with us: stopped in order by {@link #close}, and killed by the kernel if we are killed
 * ourselves ({@code setpriv --pdeathsig}).
 */
public final class Child implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a process.
     *
     * @param name what messages call it
     * @param command the argument vector
     * @param environment variables added to ours
     * @param log where its output goes, appended
     */
    public static Child start(String name, List<String> command, Map<String, String> environment, Path log)
            throws QuickstartException {
        List<String> argv = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM", "--"));
        argv.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        try {
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new QuickstartException("the " + name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Fails with the last lines of its log if the process has ended. */
    public void requireAlive() throws QuickstartException {
        if (!process.isAlive()) {
            throw new QuickstartException("the " + name + " ended with exit code " + process.exitValue()
                    + "; its last lines (" + log + "):\n" + tail(log, 12));
        }
    }

    /** Kills it at once, as a crash would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static String tail(Path file, int lines) {
        try {
            List<String> all = Files.readAllLines(file, StandardCharsets.UTF_8);
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(" + file + ": " + e.getMessage() + ")";
        }
    }
}
