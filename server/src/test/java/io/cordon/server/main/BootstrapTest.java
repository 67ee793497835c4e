package io.cordon.server.main;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.server.enrollment.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting over real data folders and a real database, and every way in which that can fail. */
class BootstrapTest {

    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private Bootstrap start(Map<String, String> more) throws StartupFailure {
        return Bootstrap.start(RunningServer.config(data(), more), Clock.systemUTC());
    }

    private StartupFailure failure(Map<String, String> more) {
        return assertThrows(StartupFailure.class, () -> start(more).close());
    }

    private static Connection connect(Bootstrap bootstrap) throws SQLException {
        Map<String, String> properties = bootstrap.properties();
        return DriverManager.getConnection(
                properties.get("quarkus.datasource.jdbc.url"),
                properties.get("quarkus.datasource.username"),
                properties.get("quarkus.datasource.password"));
    }

    private void assertPrivate(String file) throws IOException {
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve(file))), file);
    }

    @Test
    void keepsItsDataAcrossStartsAndAKilledServer() throws Exception {
        byte[] authority;
        long postmaster;
        try (Bootstrap first = start(Map.of())) {
            authority = Files.readAllBytes(data().resolve("tls/ca.pem"));
            for (String secret : List.of("master.key", "postgres-password", "tls/server-key.pem")) {
                assertPrivate(secret);
            }
            try (Connection connection = connect(first);
                    Statement statement = connection.createStatement();
                    ResultSet settings = statement.executeQuery(
                            "select current_setting('fsync'), current_setting('synchronous_commit')")) {
                assertTrue(settings.next());
                assertEquals("on", settings.getString(1));
                assertEquals("on", settings.getString(2));
            }
            assertEquals(StartupFailure.Cause.ALREADY_RUNNING, failure(Map.of()).kind());
            postmaster = postmaster();
        }
        awaitEnd(postmaster);

        // The server is killed: its database goes on alone, or is killed with it and leaves its pid file.
        Bootstrap killed = start(Map.of());
        long orphan = postmaster();
        killed.abandon();
        try (Bootstrap next = start(Map.of())) {
            awaitEnd(orphan);
            assertArrayEquals(authority, Files.readAllBytes(data().resolve("tls/ca.pem")));
            assertTrue(isRunning(postmaster()));
            assertTrue(next.properties().containsKey("quarkus.datasource.jdbc.url"));
        }
        Files.writeString(
                data().resolve("postgres/postmaster.pid"),
                ProcessHandle.current().pid() + "\n");
        start(Map.of()).close();

        Files.write(data().resolve("master.key"), new byte[32]);
        assertFailure(failure(Map.of()), StartupFailure.Cause.MASTER_KEY, "is not the key");
        Files.delete(data().resolve("master.key"));
        assertFailure(failure(Map.of()), StartupFailure.Cause.MASTER_KEY, "is missing");
        Files.delete(data().resolve("postgres/global/pg_control"));
        assertFailure(failure(Map.of()), StartupFailure.Cause.EMBEDDED_DATABASE, "does not start");
        Files.delete(data().resolve("postgres/PG_VERSION"));
        assertFailure(failure(Map.of()), StartupFailure.Cause.EMBEDDED_DATABASE, "is damaged");
    }

    /** Whether the process still has a command line; one that has ended but is not yet reaped has none. */
    private static boolean isRunning(long pid) throws IOException {
        Path commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
        try {
            return !Files.readString(commandLine).isEmpty();
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** A database gives up its folder before its last process ends. */
    private static void awaitEnd(long pid) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (isRunning(pid)) {
            assertTrue(System.nanoTime() < end, pid + " still runs after 60 s");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(data().resolve("postgres/postmaster.pid"))
                .get(0)
                .strip());
    }

    private static void assertFailure(StartupFailure failure, StartupFailure.Cause kind, String part) {
        assertEquals(kind, failure.kind(), failure.getMessage());
        assertTrue(String.valueOf(failure.getMessage()).contains(part), failure.getMessage());
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            StartupFailure failure = failure(Map.of("cordon.port", Integer.toString(taken.getLocalPort())));
            assertFailure(failure, StartupFailure.Cause.PORT_TAKEN, Integer.toString(taken.getLocalPort()));
            assertFailure(failure, StartupFailure.Cause.PORT_TAKEN, "CORDON_PORT");
        }
    }

    @Test
    void saysWhichSettingsToCheckWhenTheDatabaseCannotBeReached() throws IOException {
        // Bound, so that nobody else listens there, and not listening.
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress("127.0.0.1", 0));
            assertFailure(
                    failure(Map.of(
                            "cordon.database.url", "jdbc:postgresql://127.0.0.1:" + deaf.getLocalPort() + "/cordon")),
                    StartupFailure.Cause.DATABASE_UNREACHABLE,
                    "CORDON_DATABASE_URL");
        }
    }

    @Test
    void choosesAnotherPortWhenItsDatabaseFindsTheFirstOneTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                DataFolder folder = DataFolder.open(data())) {
            Path programs =
                    RunningServer.config(data(), Map.of()).database().programs().orElseThrow();
            List<Integer> ports = new ArrayList<>();
            EmbeddedDatabase.PortChoice choice = () -> {
                try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                    ports.add(ports.isEmpty() ? taken.getLocalPort() : free.getLocalPort());
                }
                return ports.get(ports.size() - 1);
            };
            try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, programs, 5, choice)) {
                assertTrue(ports.size() > 1, ports.toString());
                assertTrue(database.jdbcUrl().contains(":" + ports.get(ports.size() - 1) + "/"), database.jdbcUrl());
            }
            EmbeddedDatabase.PortChoice always = taken::getLocalPort;
            assertFailure(
                    assertThrows(
                            StartupFailure.class,
                            () -> EmbeddedDatabase.start(folder, programs, 5, always)
                                    .close()),
                    StartupFailure.Cause.EMBEDDED_DATABASE,
                    "could not create any TCP/IP sockets");
        }
    }

    @Test
    void saysThatTheDataFolderCannotBeUsed() throws IOException {
        Files.writeString(data(), "a file, not a folder");
        assertFailure(failure(Map.of()), StartupFailure.Cause.DATA_FOLDER, "CORDON_DATA");
    }

    @Test
    void givesEachCauseItsOwnExitCode() {
        List<StartupFailure.Cause> causes = List.of(StartupFailure.Cause.values());
        assertEquals(
                causes.size(),
                causes.stream().map(cause -> cause.exitCode).distinct().count());
    }

    @Test
    void renewsTheServersCertificateWhenAThirdOfItsLifeIsLeft() throws Exception {
        start(Map.of()).close();
        X509Certificate first = serverCertificate();
        start(Map.of("cordon.public-url", "https://cordon.example.com")).close();
        X509Certificate renamed = serverCertificate();
        assertFalse(first.equals(renamed));
        assertTrue(renamed.getSubjectAlternativeNames().stream()
                .anyMatch(name -> "cordon.example.com".equals(name.get(1))));
        InstantSource later = InstantSource.fixed(Instant.now().plus(Duration.ofDays(61)));
        Map<String, String> same = Map.of("cordon.public-url", "https://cordon.example.com");
        start(same).close();
        assertEquals(renamed, serverCertificate());
        Bootstrap.start(RunningServer.config(data(), same), later).close();
        assertFalse(renamed.equals(serverCertificate()));
    }

    private X509Certificate serverCertificate() throws Exception {
        List<X509Certificate> chain = Pem.readCertificates(Files.readString(data().resolve("tls/server.pem")));
        assertEquals(2, chain.size());
        chain.get(0).verify(chain.get(1).getPublicKey());
        return chain.get(0);
    }
}
