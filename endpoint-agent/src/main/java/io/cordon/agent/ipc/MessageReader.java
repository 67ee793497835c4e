package io.cordon.agent.ipc;

import static io.cordon.agent.ipc.JsonFields.map;
import static io.cordon.agent.ipc.JsonFields.number;
import static io.cordon.agent.ipc.JsonFields.optional;
import static io.cordon.agent.ipc.JsonFields.text;
import static io.cordon.agent.ipc.JsonFields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.agent.os.Account;
import io.cordon.agent.os.Caller;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.ProcessLauncher;
import io.cordon.agent.os.RunListener;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the spawner sends. Fields it does not know are ignored, fields it needs must be there and of their type. */
public final class MessageReader {
    private static final Pattern REQUEST_HEAD =
            Pattern.compile("\\{\\s*\"t\"\\s*:\\s*\"request\"\\s*,\\s*\"id\"\\s*:\\s*(\\d{1,18})\\b");

    private MessageReader() {}

    /** @throws ProtocolException for anything that is not one whole message */
    public static SpawnerMessage read(byte[] frame) throws ProtocolException {
        try {
            return message(JsonFields.object(frame));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("message: " + e.getMessage(), e);
        }
    }

    /**
     * The request id in a frame that could not be read as a whole, so that its caller can be told; -1 when there is none. The
     * spawner writes {@code t} and {@code id} first, before anything a caller has a say in.
     */
    public static long requestId(byte[] frame) {
        String head = new String(frame, 0, Math.min(frame.length, 64), StandardCharsets.ISO_8859_1);
        Matcher id = REQUEST_HEAD.matcher(head);
        return id.lookingAt() ? Long.parseLong(id.group(1)) : -1;
    }

    private static SpawnerMessage message(JsonNode node) throws ProtocolException {
        String type = text(node, "t");
        return switch (type) {
            case "ready" -> new SpawnerMessage.Ready(features(node));
            case "request" -> new SpawnerMessage.Request(request(node));
            case "started" -> new SpawnerMessage.Started(number(node, "id"), number(node, "pid"), at(node));
            case "process" -> new SpawnerMessage.Process(number(node, "id"), process(node));
            case "exited" -> new SpawnerMessage.Exited(number(node, "id"), exit(node));
            case "failed" -> new SpawnerMessage.Failed(number(node, "id"), text(node, "stage"), text(node, "error"));
            default -> throw new ProtocolException("t: " + type + " (expected: a message of the spawner)");
        };
    }

    private static ProcessLauncher.Features features(JsonNode node) throws ProtocolException {
        JsonNode features = node.path("features");
        String cgroup = features.path("cgroup").asText("none");
        return new ProcessLauncher.Features(
                text(node, "version"),
                features.path("procEvents").asBoolean(false),
                cgroup.equals("none") ? "rlimits" : "cgroup " + cgroup);
    }

    private static LocalRequest request(JsonNode node) throws ProtocolException {
        LocalRequest.Operation operation =
                LocalRequest.Operation.valueOf(text(node, "op").toUpperCase(Locale.ROOT));
        List<String> argv = texts(node, "argv");
        if (operation == LocalRequest.Operation.RUN && argv.isEmpty()) {
            throw new ProtocolException("argv: empty (expected: a command)");
        }
        String cwd = text(node, "cwd");
        if (!cwd.startsWith("/")) {
            throw new ProtocolException("cwd: " + cwd + " (expected: an absolute path)");
        }
        return new LocalRequest(
                number(node, "id"),
                operation,
                caller(node.path("caller")),
                cwd,
                argv,
                map(node.path("env")),
                optional(node, "session"),
                optional(node, "toolCall"),
                optional(node, "reason"),
                optional(node, "traceparent"),
                map(node.path("args")));
    }

    private static Caller caller(JsonNode node) throws ProtocolException {
        List<Integer> groups = new ArrayList<>();
        for (JsonNode group : node.path("groups")) {
            groups.add(id(group, "groups"));
        }
        return new Caller(
                number(node, "pid"),
                new Account.Posix(id(node.path("uid"), "uid"), id(node.path("gid"), "gid"), groups),
                node.path("startTime").asLong(0),
                node.path("exe").asText(""),
                node.path("loginUid").asLong(-1),
                node.path("sessionId").asLong(0));
    }

    /** User and group ids are unsigned; Cordon, like the kernel's own -1, has no use for those above 2^31-1. */
    private static int id(JsonNode node, String name) throws ProtocolException {
        if (!node.canConvertToInt() || node.asInt() < 0) {
            throw new ProtocolException(name + ": " + node + " (expected: an id)");
        }
        return node.asInt();
    }

    private static RunListener.ProcessEvent process(JsonNode node) throws ProtocolException {
        JsonNode exitCode = node.path("exitCode");
        return new RunListener.ProcessEvent(
                RunListener.ProcessEvent.Kind.valueOf(text(node, "kind").toUpperCase(Locale.ROOT)),
                number(node, "pid"),
                node.path("ppid").asLong(0),
                optional(node, "exe"),
                node.has("args") ? texts(node, "args") : List.of(),
                node.path("argsTruncated").asBoolean(false),
                exitCode.isInt() ? exitCode.asInt() : null,
                at(node));
    }

    private static RunListener.Exit exit(JsonNode node) throws ProtocolException {
        return new RunListener.Exit(
                (int) number(node, "exitCode"),
                node.path("signal").asInt(0),
                node.has("limitsHit") ? texts(node, "limitsHit") : List.of(),
                at(node),
                node.path("maxRssKiB").asLong(0),
                node.path("cpuMicros").asLong(0));
    }

    private static Instant at(JsonNode node) throws ProtocolException {
        long nanos = number(node, "at");
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
