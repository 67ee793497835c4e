package io.cordon.agent.telemetry.gateway.otlp;

import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What real coding agents exported while they worked through one scripted session (resources {@code otlp/}): a test is fixed,
 * but a poisoned README also has them fetch a script, read credentials and plant a git hook. In the recordings of Gemini CLI and
 * Copilot CLI the vendors' own prompts and tool descriptions are cut short.
 */
public final class RecordedExports {
    private static final Map<String, List<String>> FILES = Map.of(
            "codex", List.of("logs.pb", "traces-1.pb", "traces-2.pb", "traces-3.pb", "metrics.pb"),
            "claude-code", List.of("logs-1.pb", "traces-1.pb", "metrics-1.pb"),
            "gemini", List.of("logs-1.json", "logs-2.json", "traces-1.json", "metrics-1.json"),
            "copilot", List.of("traces-1.pb", "metrics-1.pb"));

    private RecordedExports() {}

    /** A request body as it was recorded. */
    public static byte[] bytes(String agent, String file) {
        String name = "/otlp/" + agent + "/" + file;
        try (InputStream in = RecordedExports.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static List<String> files(String agent) {
        return Objects.requireNonNull(FILES.get(agent));
    }

    /** The requests as protobuf messages. */
    public static List<Message> messages(String agent) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (String file : files(agent)) {
            byte[] body = bytes(agent, file);
            Message empty = signal(file).empty();
            messages.add(
                    file.endsWith(".json")
                            ? OtlpJson.parse(body, empty)
                            : empty.getParserForType().parseFrom(body));
        }
        return messages;
    }

    public static List<Export> of(String agent) throws IOException {
        return messages(agent).stream().map(Export::of).toList();
    }

    private static Signal signal(String file) {
        return file.startsWith("logs") ? Signal.LOGS : file.startsWith("traces") ? Signal.TRACES : Signal.METRICS;
    }
}
