package io.cordon.deploy.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code deploy/e2e/agents/mock-model} as a process: plays a scenario to whichever coding agent asks, and keeps what it was told. */
final class MockModel implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("mock-model: http://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path record;
    private final int port;

    /** One step: what the model says, the command it has run, and its reason. */
    record Step(String say, String shell, String why) {
        /** A command without words. */
        static Step of(String shell) {
            return new Step("", shell, "Next step");
        }
    }

    private MockModel(Process process, Path record, int port) {
        this.process = process;
        this.record = record;
        this.port = port;
    }

    static MockModel start(Path checkout, Path folder, List<Step> steps, String last) throws IOException {
        Files.createDirectories(folder);
        ObjectNode scenario =
                new ObjectMapper().createObjectNode().put("prompt", "").put("final", last);
        var list = scenario.putArray("steps");
        steps.forEach(step -> list.addObject()
                .put("say", step.say())
                .put("shell", step.shell())
                .put("why", step.why()));
        Path file = folder.resolve("scenario.json");
        Files.writeString(file, scenario.toString());
        Path record = folder.resolve("record");
        Process process = new ProcessBuilder(
                        "setpriv",
                        "--pdeathsig",
                        "TERM",
                        "--",
                        checkout.resolve("deploy/e2e/agents/mock-model").toString(),
                        file.toString(),
                        "--record",
                        record.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        Matcher ready = READY.matcher(String.valueOf(out.readLine()));
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new IOException("the mock model did not start");
        }
        return new MockModel(process, record, Integer.parseInt(ready.group(1)));
    }

    int port() {
        return port;
    }

    /** Everything that the coding agent sent, as it came. */
    String received() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(record)) {
            for (Path file : files.sorted().toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .append('\n');
            }
        }
        return all.toString();
    }

    /** What the tools brought, in the order of the steps, as the agent told the model in its longest request. */
    List<String> results() throws IOException {
        List<String> most = List.of();
        try (Stream<Path> files = Files.list(record)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                List<String> found = new ArrayList<>();
                collect(new ObjectMapper().readTree(Files.readString(file)), found);
                most = found.size() >= most.size() ? found : most;
            }
        }
        return List.copyOf(most);
    }

    /** All of them as one text. */
    String toldResults() throws IOException {
        return String.join("\n---\n", results());
    }

    /** The results of tools in the four APIs' own forms. */
    private static void collect(JsonNode node, List<String> found) {
        if (node.path("type").asText().endsWith("call_output")) {
            found.add(text(node.path("output")));
        } else if (node.path("type").asText().equals("tool_result")
                || node.path("role").asText().equals("tool")) {
            found.add(text(node.path("content")));
        } else if (node.has("functionResponse")) {
            found.add(text(node.at("/functionResponse/response")));
        } else {
            node.forEach(each -> collect(each, found));
        }
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : node.toString();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
