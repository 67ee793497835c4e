package io.cordon.deploy.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An endpoint agent of this machine, enrolled at a server and started from the checkout. */
public final class AgentProcess implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);

    private final Child process;
    private final Path socket;
    private final String endpointId;

    private AgentProcess(Child process, Path socket, String endpointId) {
        this.process = process;
        this.socket = socket;
        this.endpointId = endpointId;
    }

    /**
     * Enrolls this machine (again, if it was: the endpoint keeps its id).
     *
     * @param data the agent's data folder
     * @param group the group that the endpoint's certificate is bound to
     */
    public static void enroll(Checkout checkout, ServerProcess server, Path data, String group, Path log)
            throws QuickstartException, InterruptedException {
        ObjectNode wish = AdminClient.object()
                .put("group", group)
                .put("expiresInHours", 1)
                .put("reason", "Quick start on this machine");
        wish.putObject("tags");
        JsonNode token = server.client().post("/admin/v1/enrollment-tokens", wish);
        Path file = data.resolveSibling("enrollment-token");
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, token.path("token").asText(), StandardCharsets.UTF_8);
            run(
                    List.of(
                            checkout.agent().toString(),
                            "enroll",
                            "--server",
                            server.url().toString(),
                            "--token-file",
                            file.toString(),
                            "--data",
                            data.toString()),
                    log);
        } catch (IOException e) {
            throw new QuickstartException(file + ": " + e.getMessage(), e);
        } finally {
            deleteQuietly(file);
        }
    }

    /**
     * Starts the agent and waits until it answers on its socket. Managed settings of coding agents go below its data, so that
     * trying Cordon changes none of the developer's own.
     *
     * @param runtime the folder of its socket, {@code /run/cordon} for the default agent of the machine
     */
    public static AgentProcess start(Checkout checkout, Path data, Path runtime, List<Path> protect, Path log)
            throws QuickstartException, InterruptedException {
        return start(checkout.agent(), checkout.cordon(), data, data.resolve("managed"), runtime, protect, log);
    }

    /**
     * The same for an agent that is installed elsewhere, where developers can reach its {@code cordon}.
     *
     * @param agent the agent's wrapper script
     * @param cordon what asks it whether it is there
     * @param managed below which it writes managed settings of coding agents
     */
    public static AgentProcess start(
            Path agent, Path cordon, Path data, Path managed, Path runtime, List<Path> protect, Path log)
            throws QuickstartException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                agent.toString(),
                "run",
                "--data",
                data.toString(),
                "--runtime",
                runtime.toString(),
                "--managed-settings-root",
                managed.toString()));
        for (Path folder : protect) {
            command.addAll(List.of("--protect", folder.toString()));
        }
        Child process = Child.start("agent", command, Map.of(), log);
        Path socket = runtime.resolve("agent.sock");
        try {
            Waiting.until(READY_LIMIT, "the agent does not answer; see " + log, () -> {
                process.requireAlive();
                return Launch.of(cordon, socket, List.of("status")).exitCode() == 0;
            });
            return new AgentProcess(process, socket, endpointId(data));
        } catch (QuickstartException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    private static String endpointId(Path data) throws QuickstartException {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(data.resolve("identity/endpoint.json").toFile())
                    .path("endpointId")
                    .asText();
        } catch (IOException e) {
            throw new QuickstartException("the agent's identity cannot be read: " + e.getMessage(), e);
        }
    }

    private static void run(List<String> command, Path log) throws QuickstartException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new QuickstartException("enrollment failed with exit code " + exit + ":\n" + Child.tail(log, 6));
            }
        } catch (IOException e) {
            throw new QuickstartException("the agent cannot be started: " + e.getMessage(), e);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The token in it is used up.
        }
    }

    /** The endpoint's id at the server. */
    public String endpointId() {
        return endpointId;
    }

    /** The socket that the launcher talks to. */
    public Path socket() {
        return socket;
    }

    /** The process, for tests that end it the hard way. */
    public Child process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
