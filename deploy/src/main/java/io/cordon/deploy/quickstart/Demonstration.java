package io.cordon.deploy.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Five commands through Cordon in a small Git repository: one works, four are stopped, each by another part. */
final class Demonstration {
    private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(3);
    private static final int DENIED = 126;

    /**
     * A finished run as the server recorded it.
     *
     * @param command what ran
     * @param exitCode what {@code cordon} exited with
     * @param decision allow, prompt or deny
     * @param rule the rule that decided
     * @param traceId the trace that holds its record
     */
    record Run(String command, int exitCode, String decision, String rule, String traceId) {}

    private record Attempt(String title, List<String> argv, boolean succeeds, boolean deniedByRule) {}

    private final Checkout checkout;
    private final ServerProcess server;
    private final AgentProcess agent;
    private final Path workspace;

    Demonstration(Checkout checkout, ServerProcess server, AgentProcess agent, Path workspace) {
        this.checkout = checkout;
        this.server = server;
        this.agent = agent;
        this.workspace = workspace;
    }

    List<Run> perform(Steps steps) throws QuickstartException, InterruptedException {
        prepare();
        String session = "quickstart-" + UUID.randomUUID();
        List<Attempt> attempts = List.of(
                new Attempt(
                        "edit a file of the project", sh("echo governed >> notes.txt && cat notes.txt"), true, false),
                new Attempt("plant a Git hook", sh("echo 'echo hooked' > .git/hooks/pre-commit"), false, false),
                new Attempt("read the system's password hashes", List.of("cat", "/etc/shadow"), false, false),
                new Attempt(
                        "reach the Cordon server over the network",
                        List.of("curl", "-sk", "-m", "5", server.url() + "/q/health/live"),
                        false,
                        false),
                new Attempt("force a push", List.of("git", "push", "--force"), false, true));
        Map<String, Integer> exits = new HashMap<>();
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            Launch launch = run(session, i, attempt);
            exits.put(toolCall(i), launch.exitCode());
            boolean asExpected = attempt.succeeds
                    ? launch.exitCode() == 0
                    : attempt.deniedByRule ? launch.exitCode() == DENIED : launch.exitCode() != 0;
            if (!asExpected) {
                throw new QuickstartException("demonstration: \"" + attempt.title + "\" ended with exit code "
                        + launch.exitCode() + ": " + launch.output());
            }
            steps.note((attempt.succeeds ? "allowed  " : "stopped  ") + attempt.title + ": " + firstLine(launch));
        }
        requireNoHook();
        return recorded(attempts, exits, session);
    }

    private static List<String> sh(String line) {
        return List.of("sh", "-c", line);
    }

    private static String toolCall(int i) {
        return "demo-" + (i + 1);
    }

    private Launch run(String session, int i, Attempt attempt) throws QuickstartException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                checkout.cordon().toString(),
                "run",
                "--session",
                session,
                "--tool-call",
                toolCall(i),
                "--reason",
                "Quick start: " + attempt.title,
                "--"));
        command.addAll(attempt.argv);
        return Launch.run(command, agent.socket(), workspace);
    }

    private static String firstLine(Launch launch) {
        String line =
                launch.output().strip().lines().reduce((first, last) -> last).orElse("no output");
        return line.length() > 110 ? line.substring(0, 110) + "…" : line;
    }

    private void prepare() throws QuickstartException, InterruptedException {
        try {
            Files.createDirectories(workspace);
            if (!Files.exists(workspace.resolve(".git"))) {
                Process git = new ProcessBuilder("git", "init", "-q", workspace.toString())
                        .inheritIO()
                        .start();
                if (git.waitFor() != 0) {
                    throw new QuickstartException("git init " + workspace + " failed");
                }
            }
        } catch (IOException e) {
            throw new QuickstartException("the demonstration's project cannot be made: " + e.getMessage(), e);
        }
    }

    private void requireNoHook() throws QuickstartException {
        Path hook = workspace.resolve(".git/hooks/pre-commit");
        if (Files.exists(hook)) {
            throw new QuickstartException("demonstration: " + hook + " was written although the policy protects it");
        }
    }

    private List<Run> recorded(List<Attempt> attempts, Map<String, Integer> exits, String session)
            throws QuickstartException, InterruptedException {
        Map<String, JsonNode> byToolCall = new HashMap<>();
        Waiting.until(UPLOAD_LIMIT, "the records of the demonstration did not arrive at the server", () -> {
            for (JsonNode run : server.client()
                    .get("/admin/v1/endpoints/" + agent.endpointId() + "/runs?limit=50")
                    .path("items")) {
                if (run.path("sessionName").asText().equals(session)) {
                    byToolCall.put(run.path("toolCallId").asText(), run);
                }
            }
            return byToolCall.keySet().containsAll(exits.keySet());
        });
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            JsonNode run = Objects.requireNonNull(byToolCall.get(toolCall(i)));
            runs.add(new Run(
                    String.join(" ", attempts.get(i).argv),
                    Objects.requireNonNull(exits.get(toolCall(i))),
                    run.path("decision").asText(),
                    run.path("rule").asText(),
                    run.path("traceId").asText()));
        }
        return runs;
    }
}
