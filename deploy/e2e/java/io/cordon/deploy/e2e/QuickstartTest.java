package io.cordon.deploy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.deploy.quickstart.Checkout;
import io.cordon.deploy.quickstart.QuickstartException;
import io.cordon.deploy.quickstart.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one command of the README, tried as a new user would, and with what a new user gets wrong. */
class QuickstartTest {
    private final Checkout checkout = Checkout.here();

    @TempDir
    private Path folder = Path.of("/");

    private record Ended(int exitCode, String output) {
        JsonNode lastLine() throws IOException {
            return new ObjectMapper()
                    .readTree(
                            output.strip().lines().reduce((first, last) -> last).orElse(""));
        }
    }

    @Test
    void onceRunsThroughReportsAndKeepsItsDataForTheNextStart() throws Exception {
        int port = freePort();
        Ended first = end(quickstart("--once", "--data", folder.toString(), "--port", Integer.toString(port)));
        assertEquals(0, first.exitCode(), first.output());
        JsonNode report = first.lastLine();
        assertEquals("https://localhost:" + port, report.at("/server/url").asText());
        assertEquals("0.1.0", report.at("/server/version").asText());
        assertTrue(report.at("/server/startMs").asLong() > 0, first.output());
        assertEquals("in-force", report.at("/endpoint/state").asText());
        assertEquals("balanced", report.at("/endpoint/policyName").asText());
        assertEquals(1, report.at("/endpoint/policyVersion").asInt());
        Path password = Path.of(report.at("/admin/passwordFile").asText());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(password)));
        List<String> decisions = new ArrayList<>();
        for (JsonNode run : report.path("runs")) {
            decisions.add(run.path("decision").asText());
            assertTrue(run.path("traceId").asText().matches("[0-9a-f]{32}"), run.toString());
            assertFalse(run.path("rule").asText().isEmpty(), run.toString());
        }
        assertTrue(decisions.contains("allow") && decisions.contains("deny"), decisions.toString());
        nothingIsLeft();

        Ended second = end(quickstart("--once", "--data", folder.toString(), "--port", Integer.toString(freePort())));
        assertEquals(0, second.exitCode(), second.output());
        assertEquals(
                report.at("/endpoint/id").asText(),
                second.lastLine().at("/endpoint/id").asText(),
                "the endpoint keeps its id");
        nothingIsLeft();
    }

    @Test
    void aSecondQuickstartIsRefusedWhileOneRunsAndInterruptEndsEverything() throws Exception {
        int port = freePort();
        Process first = quickstart("--data", folder.toString(), "--port", Integer.toString(port));
        StringBuilder output = new StringBuilder();
        Thread reader = new Thread(() -> {
            try (var lines = first.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(line -> {
                    synchronized (output) {
                        output.append(line).append('\n');
                    }
                });
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        reader.start();
        Waiting.until(Workstation.SOON.multipliedBy(4), "the quick start did not come up", () -> {
            synchronized (output) {
                if (!first.isAlive()) {
                    throw new QuickstartException("ended early:\n" + output);
                }
                return output.indexOf("Ctrl-C stops everything") >= 0;
            }
        });
        synchronized (output) {
            assertTrue(output.indexOf("https://localhost:" + port) >= 0, output.toString());
            assertTrue(output.indexOf("Password") >= 0, output.toString());
        }
        String status = Shell.run(checkout.cordon().toString(), "status");
        assertTrue(status.contains("balanced"), status);

        Ended second =
                end(quickstart("--once", "--data", folder.resolve("other").toString()));
        assertEquals(1, second.exitCode(), second.output());
        assertTrue(second.output().contains("another quick start runs on this machine"), second.output());

        Shell.run("kill", "-INT", Long.toString(first.pid()));
        assertTrue(first.waitFor(180, TimeUnit.SECONDS), "an interrupt ends the quick start");
        reader.join();
        nothingIsLeft();
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = end(quickstart(
                    "--once", "--data", folder.toString(), "--port", Integer.toString(taken.getLocalPort())));
            assertEquals(1, ended.exitCode(), ended.output());
            assertTrue(ended.output().contains("port " + taken.getLocalPort() + " is taken"), ended.output());
        }
    }

    @Test
    void anUnknownOptionNamesTheKnownOnes() throws Exception {
        Ended ended = end(quickstart("--datadir", "x"));
        assertEquals(1, ended.exitCode(), ended.output());
        assertTrue(ended.output().contains("--data DIR"), ended.output());
    }

    @Test
    void anOrdinaryUserIsToldToUseRoot() throws Exception {
        Path copy = Files.createDirectories(folder.resolve("deploy"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String script : List.of("quickstart", "prerequisites.sh")) {
            Files.copy(
                    checkout.root().resolve("deploy").resolve(script),
                    copy.resolve(script),
                    java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        Ended ended = end(new ProcessBuilder(
                        "setpriv",
                        "--reuid",
                        "65534",
                        "--regid",
                        "65534",
                        "--clear-groups",
                        "--",
                        copy.resolve("quickstart").toString(),
                        "--once")
                .redirectErrorStream(true)
                .start());
        assertEquals(1, ended.exitCode(), ended.output());
        assertTrue(ended.output().contains("run it as root"), ended.output());
    }

    @Test
    void aCorruptDataFolderIsReportedWithWhatToDo() throws Exception {
        Files.createDirectories(folder.resolve("server/postgres"));
        Files.writeString(folder.resolve("server/postgres/PG_VERSION"), "not a number");
        Ended ended = end(quickstart("--once", "--data", folder.toString(), "--port", Integer.toString(freePort())));
        assertEquals(1, ended.exitCode(), ended.output());
        assertTrue(ended.output().contains("postgres"), ended.output());
        nothingIsLeft();
    }

    private Process quickstart(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(checkout.root().resolve("deploy/quickstart").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static Ended end(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private void nothingIsLeft() throws Exception {
        assertFalse(Files.exists(Path.of("/run/cordon/agent.sock")), "the agent's socket is gone");
        // The database gives up its folder a moment before its last process ends.
        Waiting.until(Workstation.SOON, "processes are left", () -> !processes().contains(folder.toString()));
    }

    private static String processes() throws InterruptedException, QuickstartException {
        try {
            return Shell.run("ps", "-eo", "args");
        } catch (IOException e) {
            throw new QuickstartException("ps: " + e.getMessage(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
