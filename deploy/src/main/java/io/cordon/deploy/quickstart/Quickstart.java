package io.cordon.deploy.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The flow of the quick start; {@code deploy/quickstart} builds first and then runs this. */
public final class Quickstart {
    private static final String POLICY = "balanced";
    private static final String GROUP = "workstations";
    private static final Path RUNTIME = Path.of("/run/cordon");
    private static final Duration IN_FORCE_LIMIT = Duration.ofMinutes(3);

    private final Checkout checkout;
    private final Options options;
    private final Steps steps = new Steps();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private Quickstart(Checkout checkout, Options options) {
        this.checkout = checkout;
        this.options = options;
    }

    /**
     * Runs the quick start. Exit code 0: done; 1: a step failed, with the reason on standard error.
     *
     * @param arguments the options of {@code deploy/quickstart}
     */
    public static void main(String[] arguments) {
        int exit = 0;
        Checkout checkout = Checkout.here();
        try {
            Options options = Options.parse(checkout.root().resolve(".cordon"), List.of(arguments));
            new Quickstart(checkout, options).run();
        } catch (QuickstartException e) {
            System.err.println("deploy/quickstart: " + e.getMessage());
            exit = 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exit = 1;
        }
        System.exit(exit);
    }

    private void run() throws QuickstartException, InterruptedException {
        Thread stop = new Thread(this::stop, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        prepareData();
        Path logs = options.data().resolve("logs");
        boolean firstStart = !Files.exists(options.data().resolve("server/admin-password"));

        ServerProcess server = steps.step(
                "Starting the server with embedded PostgreSQL",
                () -> keep(ServerProcess.start(
                        checkout, options.data().resolve("server"), options.port(), logs.resolve("server.log"))));
        steps.step("Signing in as " + ServerProcess.ADMINISTRATOR, () -> {
            server.signIn();
            return true;
        });
        steps.step("Publishing the baseline policy " + POLICY, () -> publish(server.client()));
        AgentProcess agent = steps.step("Enrolling this machine and starting its agent", () -> {
            Path data = options.data().resolve("agent");
            Path log = logs.resolve("agent.log");
            AgentProcess.enroll(checkout, server, data, GROUP, log);
            return keep(AgentProcess.start(
                    checkout, data, RUNTIME, List.of(options.data().resolve("server")), log));
        });
        JsonNode endpoint = steps.step("Waiting until the policy is in force", () -> inForce(server, agent));
        List<Demonstration.Run> runs = steps.step(
                "Running a governed demonstration",
                () -> new Demonstration(checkout, server, agent, options.data().resolve("demo")).perform(steps));

        if (options.once()) {
            stop();
            Runtime.getRuntime().removeShutdownHook(stop);
            System.out.println(report(server, endpoint, runs));
            return;
        }
        greet(server, firstStart);
        new CountDownLatch(1).await();
    }

    private <T extends AutoCloseable> T keep(T process) {
        synchronized (started) {
            started.push(process);
        }
        return process;
    }

    private void stop() {
        synchronized (started) {
            while (!started.isEmpty()) {
                try {
                    started.pop().close();
                } catch (Exception e) {
                    System.err.println("deploy/quickstart: while stopping: " + e.getMessage());
                }
            }
        }
    }

    private void prepareData() throws QuickstartException {
        Path data = options.data();
        try {
            Files.createDirectories(data);
            FileChannel channel = FileChannel.open(
                    data.resolve("quickstart.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new QuickstartException("another quick start uses " + data
                        + ": stop it with Ctrl-C, or choose another place with --data DIR");
            }
            keep(channel);
            if (options.reset()) {
                for (String folder : List.of("server", "agent", "demo", "logs")) {
                    deleteTree(data.resolve(folder));
                }
            }
            Files.createDirectories(data.resolve("logs"));
            Files.setPosixFilePermissions(data.resolve("logs"), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new QuickstartException(
                    data + " cannot be used as the data folder (" + e.getMessage()
                            + "): choose another with --data DIR",
                    e);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private boolean publish(AdminClient client) throws QuickstartException, InterruptedException {
        if (!Publication.published(client, POLICY)) {
            Publication.publish(client, POLICY, Publication.baseline(client, POLICY), "Quick start");
        }
        if (!Publication.published(client, "assignments")) {
            Publication.assignToAll(client, POLICY);
        }
        return true;
    }

    private static JsonNode inForce(ServerProcess server, AgentProcess agent)
            throws QuickstartException, InterruptedException {
        String path = "/admin/v1/endpoints/" + agent.endpointId();
        Waiting.until(IN_FORCE_LIMIT, "the endpoint does not report the policy as in force", () -> {
            agent.process().requireAlive();
            return server.client().get(path).path("state").asText().equals("in-force");
        });
        return server.client().get(path);
    }

    private void greet(ServerProcess server, boolean firstStart) throws QuickstartException {
        String cordon = checkout.cordon().toString();
        System.out.println();
        System.out.println("Cordon is up.");
        System.out.println("  Console   " + server.url());
        System.out.println("  User      " + ServerProcess.ADMINISTRATOR);
        System.out.println("  Password  " + (firstStart ? password(server) + "   (kept in " : "in ")
                + server.passwordFile() + (firstStart ? ")" : ""));
        System.out.println("The console's certificate comes from this server's own authority, "
                + options.data().resolve("server/tls/ca.pem"));
        System.out.println();
        System.out.println("Three commands to try in a project folder, in another terminal:");
        System.out.println("  " + cordon + " status");
        System.out.println("  " + cordon + " run -- sh -c 'echo hello > hello.txt; echo x > .git/hooks/pre-commit'");
        System.out.println("  " + cordon + " explain command -- git push --force");
        System.out.println();
        System.out.println("Ctrl-C stops everything; the data stays in " + options.data());
    }

    private static String password(ServerProcess server) throws QuickstartException {
        try {
            return Files.readString(server.passwordFile()).strip();
        } catch (IOException e) {
            throw new QuickstartException(server.passwordFile() + ": " + e.getMessage(), e);
        }
    }

    private String report(ServerProcess server, JsonNode endpoint, List<Demonstration.Run> runs) {
        ObjectMapper json = new ObjectMapper();
        ObjectNode report = json.createObjectNode();
        report.putObject("server")
                .put("url", server.url().toString())
                .put("version", version())
                .put("startMs", server.startMs());
        report.putObject("admin")
                .put("user", ServerProcess.ADMINISTRATOR)
                .put("passwordFile", server.passwordFile().toString());
        report.putObject("endpoint")
                .put("id", endpoint.path("id").asText())
                .put("state", endpoint.path("state").asText())
                .put("policyName", endpoint.path("policyName").asText())
                .put("policyVersion", endpoint.path("policyVersion").asInt());
        ArrayNode list = report.putArray("runs");
        runs.forEach(run -> list.addPOJO(run));
        return report.toString();
    }

    private static String version() {
        String version = Quickstart.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
