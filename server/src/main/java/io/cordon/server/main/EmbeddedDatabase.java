package io.cordon.server.main;

import io.cordon.server.main.StartupFailure.Cause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL of the server's own, in its data folder: durable as any (nothing is traded for speed), listening on
 * loopback alone, and behind a password, because loopback is open to every user of the machine.
 */
final class EmbeddedDatabase implements AutoCloseable {

    private static final String USER = "cordon";
    private static final String CONF = "cordon.conf";
    /** A port is free when it is chosen and may be taken when the database starts; then another one is chosen. */
    private static final int PORTS = 4;

    /** PostgreSQL's last word when it can listen nowhere. */
    private static final String PORT_TAKEN = "could not create any TCP/IP sockets";

    /** Chooses a port that is free now. */
    @FunctionalInterface
    interface PortChoice {
        int next() throws IOException;
    }

    private final DataFolder data;
    private final PostgresPrograms programs;
    private final Path folder;
    private final String password;
    private int port;

    private EmbeddedDatabase(DataFolder data, PostgresPrograms programs, Path folder, String password) {
        this.data = data;
        this.programs = programs;
        this.folder = folder;
        this.password = password;
    }

    /** Starts the database, after making it when the folder has none and after ending what a killed server left running. */
    static EmbeddedDatabase start(DataFolder data, @Nullable Path programsFolder, int connections)
            throws StartupFailure {
        return start(data, programsFolder, connections, EmbeddedDatabase::freePort);
    }

    static EmbeddedDatabase start(DataFolder data, @Nullable Path programsFolder, int connections, PortChoice ports)
            throws StartupFailure {
        try {
            Path folder = data.resolve("postgres");
            PostgresPrograms programs = PostgresPrograms.unpack(
                    programsFolder == null ? data.resolve("postgres-programs") : programsFolder);
            String password = password(data);
            if (!Files.exists(folder.resolve("PG_VERSION"))) {
                create(data, programs, folder);
            }
            EmbeddedDatabase database = new EmbeddedDatabase(data, programs, folder, password);
            database.endOrphan();
            database.run(connections, ports);
            return database;
        } catch (IOException e) {
            throw new StartupFailure(
                    Cause.EMBEDDED_DATABASE, "The embedded database cannot be started (" + e.getMessage() + ").", e);
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    String user() {
        return USER;
    }

    String password() {
        return password;
    }

    private static void create(DataFolder data, PostgresPrograms programs, Path folder)
            throws IOException, StartupFailure {
        if (Files.isDirectory(folder)) {
            try (var entries = Files.list(folder)) {
                if (entries.findAny().isPresent()) {
                    throw new StartupFailure(
                            Cause.EMBEDDED_DATABASE,
                            "The database folder " + folder + " is damaged (PG_VERSION is missing): restore the data"
                                    + " folder from a backup, or move it away to begin anew.");
                }
            }
        }
        // Made beside and moved into place, so that a start that is cut short leaves no half-made database.
        Path fresh = folder.resolveSibling("postgres.new");
        PostgresPrograms.deleteTree(fresh);
        programs.run(
                data.resolve("postgres.log"),
                "initdb",
                "-D",
                fresh.toString(),
                "-U",
                USER,
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "-A",
                "scram-sha-256",
                "--pwfile=" + data.resolve("postgres-password"));
        Files.writeString(
                fresh.resolve("postgresql.conf"),
                "\ninclude '" + CONF + "'\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        Files.deleteIfExists(folder);
        Files.move(fresh, folder);
    }

    private static String password(DataFolder data) throws IOException {
        Optional<String> present = data.text("postgres-password");
        if (present.isPresent()) {
            return present.get();
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        data.write("postgres-password", (password + "\n").getBytes(StandardCharsets.UTF_8));
        return password;
    }

    private void configure(int connections) throws IOException {
        Files.writeString(
                folder.resolve(CONF),
                String.join(
                        "\n",
                        "# Written by the Cordon server at each start.",
                        "listen_addresses = '127.0.0.1'",
                        "port = " + port,
                        "unix_socket_directories = ''",
                        "max_connections = " + (connections + 20),
                        "timezone = 'UTC'",
                        "log_timezone = 'UTC'",
                        ""));
    }

    private void run(int connections, PortChoice ports) throws IOException, StartupFailure {
        for (int left = PORTS; ; left--) {
            port = ports.next();
            configure(connections);
            try {
                runOn();
                return;
            } catch (StartupFailure failure) {
                if (left <= 1 || !String.valueOf(failure.getMessage()).contains(PORT_TAKEN)) {
                    throw failure;
                }
            }
        }
    }

    private void runOn() throws StartupFailure {
        List<String> arguments = new ArrayList<>(List.of("-D", folder.toString(), "-w", "-t", "60"));
        arguments.addAll(List.of("-l", data.resolve("postgres.log").toString(), "start"));
        try {
            programs.run(data.resolve("postgres-start.log"), "pg_ctl", arguments.toArray(String[]::new));
        } catch (IOException e) {
            throw new StartupFailure(
                    Cause.EMBEDDED_DATABASE,
                    "The embedded database in " + folder + " does not start: " + lastComplaint()
                            + " Restore the data folder from a backup, or move it away to begin anew; "
                            + data.resolve("postgres.log") + " has the particulars.",
                    e);
        }
    }

    private String lastComplaint() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postgres.log"), StandardCharsets.UTF_8);
            for (int i = lines.size() - 1; i >= 0; i--) {
                if (lines.get(i).matches(".*(FATAL|PANIC|ERROR|could not|postgres:).*")) {
                    return lines.get(i).strip() + ".";
                }
            }
        } catch (IOException e) {
            return "(" + e.getMessage() + ")";
        }
        return "no reason given.";
    }

    /**
     * A server that was killed leaves its database running, or a pid file whose number may meanwhile belong to somebody else.
     * The folder's lock is ours, so the first is ended and the second removed.
     */
    private void endOrphan() throws IOException, StartupFailure {
        Path pidFile = folder.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile, StandardCharsets.UTF_8);
        Optional<ProcessHandle> running =
                lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,9}")
                        ? Optional.empty()
                        : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        if (running.isPresent() && isOurs(running.get())) {
            // Waits until the pid file is gone, and fails when that takes longer than a minute.
            stop();
        }
        Files.deleteIfExists(pidFile);
    }

    private boolean isOurs(ProcessHandle process) {
        try {
            String commandLine = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .replace('\0', ' ');
            return commandLine.contains("postgres") && commandLine.contains(folder.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    private void stop() throws IOException {
        programs.run(
                data.resolve("postgres-start.log"),
                "pg_ctl",
                "-D",
                folder.toString(),
                "-m",
                "fast",
                "-w",
                "-t",
                "60",
                "stop");
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
