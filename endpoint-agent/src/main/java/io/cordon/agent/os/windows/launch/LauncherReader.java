package io.cordon.agent.os.windows.launch;

import static io.cordon.agent.ipc.JsonFields.map;
import static io.cordon.agent.ipc.JsonFields.number;
import static io.cordon.agent.ipc.JsonFields.optional;
import static io.cordon.agent.ipc.JsonFields.text;
import static io.cordon.agent.ipc.JsonFields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.agent.ipc.JsonFields;
import io.cordon.agent.ipc.ProtocolException;
import io.cordon.agent.os.LocalRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads what {@code cordon.exe} sends. Total: a frame becomes a message or a {@link ProtocolException}. */
final class LauncherReader {
    /** Neither a device ({@code \\.\}) nor a path that Windows would take as it is ({@code \\?\}). */
    private static final Pattern ABSOLUTE = Pattern.compile("(?s)[A-Za-z]:[\\\\/].*|\\\\\\\\[^\\\\/.?][^\\\\/]*\\\\.*");

    /** Longest path that Windows knows, in UTF-16 units. */
    private static final int MAX_PATH = 32_767;

    private LauncherReader() {}

    static Opening opening(byte[] frame) throws ProtocolException {
        JsonNode node = JsonFields.object(frame);
        try {
            LocalRequest.Operation operation =
                    LocalRequest.Operation.valueOf(text(node, "op").toUpperCase(Locale.ROOT));
            List<String> argv = node.has("argv") ? texts(node, "argv") : List.of();
            if (operation == LocalRequest.Operation.RUN && argv.isEmpty()) {
                throw new ProtocolException("argv: empty (expected: a command)");
            }
            return new Opening(
                    operation,
                    cwd(node),
                    argv,
                    map(node.path("env")),
                    optional(node, "session"),
                    optional(node, "toolCall"),
                    optional(node, "reason"),
                    optional(node, "traceparent"),
                    map(node.path("args")),
                    handles(node));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("message: " + e.getMessage(), e);
        }
    }

    static LauncherMessage message(byte[] frame) throws ProtocolException {
        JsonNode node = JsonFields.object(frame);
        String type = text(node, "t");
        try {
            return switch (type) {
                case "ctrl" -> new LauncherMessage.Control(LauncherMessage.Event.of(number(node, "event")));
                case "resize" -> new LauncherMessage.Resize(cells(node, "columns"), cells(node, "rows"));
                default -> throw new ProtocolException("t: " + type + " (expected: ctrl or resize)");
            };
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("message: " + e.getMessage(), e);
        }
    }

    private static String cwd(JsonNode node) throws ProtocolException {
        String cwd = text(node, "cwd");
        if (cwd.length() > MAX_PATH
                || cwd.indexOf('\0') >= 0
                || !ABSOLUTE.matcher(cwd).matches()) {
            throw new ProtocolException("cwd: " + cwd + " (expected: an absolute path such as C:\\work)");
        }
        return cwd;
    }

    private static StandardHandles handles(JsonNode node) throws ProtocolException {
        JsonNode console = node.path("console");
        boolean sized = console.has("columns");
        return new StandardHandles(
                stream(node, "stdin"),
                stream(node, "stdout"),
                stream(node, "stderr"),
                sized ? cells(console, "columns") : StandardHandles.NONE.columns(),
                sized ? cells(console, "rows") : StandardHandles.NONE.rows());
    }

    private static StandardHandles.Stream stream(JsonNode node, String name) throws ProtocolException {
        JsonNode handles = node.path("handles");
        return new StandardHandles.Stream(
                handles.has(name) ? number(handles, name) : 0,
                node.path("console").path(name).asBoolean(false));
    }

    private static int cells(JsonNode node, String name) throws ProtocolException {
        long value = number(node, name);
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }
}
