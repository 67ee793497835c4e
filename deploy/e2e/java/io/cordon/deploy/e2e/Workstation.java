package io.cordon.deploy.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.deploy.quickstart.AdminClient;
import io.cordon.deploy.quickstart.AgentProcess;
import io.cordon.deploy.quickstart.Checkout;
import io.cordon.deploy.quickstart.Launch;
import io.cordon.deploy.quickstart.Publication;
import io.cordon.deploy.quickstart.QuickstartException;
import io.cordon.deploy.quickstart.ServerProcess;
import io.cordon.deploy.quickstart.Waiting;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A governed machine: server, agent and an ordinary developer on it. Started once for all tests. */
final class Workstation implements AutoCloseable {
    /** Bound for anything that needs the server and the agent to talk. */
    static final Duration SOON = Duration.ofSeconds(180);

    private final Path folder;
    private final Checkout checkout = Checkout.here();
    private final int port;
    private ServerProcess server;
    private AgentProcess agent;
    private final Developer developer;
    private final Path cordon;
    private final Path installation;

    private Workstation() throws IOException, InterruptedException, QuickstartException {
        folder = Files.createTempDirectory("cordon-e2e-");
        // The developer reaches the agent's socket in it; what is secret has folders of its own.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = ServerProcess.start(checkout, folder.resolve("server"), port, folder.resolve("server.log"));
        server.signIn();
        AgentProcess.enroll(checkout, server, agentData(), "workstations", folder.resolve("agent.log"));
        // As a package installs it: readable for everybody, so that coding agents can call its cordon.
        installation = ManagedMachine.isThis() ? ManagedMachine.INSTALLATION : folder.resolve("installation");
        Shell.run("cp", "-rL", checkout.agent().getParent().getParent().toString(), installation.toString());
        Shell.run("chmod", "-R", "go+rX", installation.toString());
        developer = Developer.create("cordon-e2e");
        // There when the agent looks for coding agents at its start.
        developer.write(".local/bin/crush", "#!/bin/sh\n");
        agent = startedAgent();
        cordon = developer.install(checkout.cordon(), "bin/cordon");
    }

    private AgentProcess startedAgent() throws QuickstartException, InterruptedException {
        return AgentProcess.start(
                installation.resolve("bin/cordon-agent"),
                installation.resolve("bin/cordon"),
                agentData(),
                managed(),
                ManagedMachine.isThis() ? Path.of("/run/cordon") : folder.resolve("run"),
                List.of(server.passwordFile().getParent()),
                folder.resolve("agent.log"));
    }

    Path folder() {
        return folder;
    }

    /** Where the agent keeps the settings of coding agents, instead of the machine's own places. */
    Path managed() {
        return ManagedMachine.isThis() ? Path.of("/") : folder.resolve("managed");
    }

    Path agentData() {
        return folder.resolve("agent");
    }

    Checkout checkout() {
        return checkout;
    }

    ServerProcess server() {
        return server;
    }

    AgentProcess agent() {
        return agent;
    }

    Developer developer() {
        return developer;
    }

    Path cordon() {
        return cordon;
    }

    AdminClient admin() {
        return server.client();
    }

    /** Publishes a policy for all endpoints and waits until this one has it in force. */
    void govern(String name, String source) throws QuickstartException, InterruptedException {
        JsonNode published = Publication.publish(admin(), name, source, "End-to-end test");
        int revision = published.path("revision").asInt();
        Publication.assignToAll(admin(), name);
        Waiting.until(SOON, name + " revision " + revision + " did not come into force", () -> {
            JsonNode endpoint = endpoint();
            return endpoint.path("policyName").asText().equals(name)
                    && endpoint.path("policyVersion").asInt() == revision
                    && endpoint.path("state").asText().equals("in-force");
        });
    }

    /** This machine, as the server shows it. */
    JsonNode endpoint() throws QuickstartException, InterruptedException {
        return admin().get("/admin/v1/endpoints/" + agent.endpointId());
    }

    /** Runs a command through Cordon as the developer. */
    Launch cordonRun(Path workspace, String session, List<String> command)
            throws QuickstartException, InterruptedException {
        return cordonRun(workspace, session, Map.of(), command);
    }

    /** Runs a command through Cordon as the developer, with variables in its environment. */
    Launch cordonRun(Path workspace, String session, Map<String, String> environment, List<String> command)
            throws QuickstartException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(cordon.toString(), "run", "--session", session, "--"));
        argv.addAll(command);
        return developer.run(workspace, agent.socket(), environment, argv);
    }

    /** A session id that no other test uses. */
    static String newSession() {
        return "e2e-" + UUID.randomUUID();
    }

    /** The runs of a session, once the server has that many. */
    List<JsonNode> runs(String session, int count) throws QuickstartException, InterruptedException {
        List<JsonNode> runs = new ArrayList<>();
        Waiting.until(SOON, "the server has not " + count + " runs of session " + session, () -> {
            runs.clear();
            if (admin().exchange("GET", "/admin/v1/sessions/" + session, null).statusCode() != 200) {
                return false;
            }
            admin().get("/admin/v1/sessions/" + session).path("runs").forEach(runs::add);
            return runs.size() >= count;
        });
        return runs;
    }

    /** Ends the server as a crash would. */
    void crashServer() throws InterruptedException {
        server.process().kill();
    }

    /** Starts the server again on the same data and port. */
    void restartServer() throws QuickstartException, InterruptedException {
        server.close();
        server = ServerProcess.start(checkout, folder.resolve("server"), port, folder.resolve("server.log"));
        server.signIn();
    }

    /** Ends the agent as a crash would. */
    void crashAgent() throws InterruptedException {
        agent.process().kill();
    }

    /** Starts the agent again on the same data. */
    void restartAgent() throws QuickstartException, InterruptedException {
        agent.close();
        agent = startedAgent();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        agent.close();
        server.close();
        developer.close();
        Shell.run("rm", "-rf", folder.toString());
    }

    /** Gives every test class the one workstation. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Workstation.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Workstation.class))
                    .computeIfAbsent(Workstation.class, key -> {
                        try {
                            return new Workstation();
                        } catch (IOException | QuickstartException e) {
                            throw new IllegalStateException(e.getMessage(), e);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            throw new IllegalStateException(e);
                        }
                    });
        }
    }
}
