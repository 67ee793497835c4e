package io.cordon.deploy.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A model API that plays a script: it answers the Responses API, as the Codex CLI calls it, with one shell command after
 * the other, and keeps what the agent reports back of each.
 */
final class ScriptedModel implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> commands;
    private final Map<Integer, String> results = new TreeMap<>();
    private final StringBuilder everything = new StringBuilder();
    private int responses;

    private ScriptedModel(HttpServer server, List<String> commands) {
        this.server = server;
        this.commands = List.copyOf(commands);
    }

    /**
     * Starts it on a free loopback port.
     *
     * @param commands the shell commands, in order
     */
    static ScriptedModel start(List<String> commands) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        ScriptedModel model = new ScriptedModel(server, commands);
        server.setExecutor(model.threads);
        server.createContext("/", model::answer);
        server.start();
        return model;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What the agent reported of each command, by its place in the script. */
    synchronized Map<Integer, String> results() {
        return Map.copyOf(results);
    }

    /** Everything that any request carried. */
    synchronized String everythingReceived() {
        return everything.toString();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        byte[] answer;
        String type;
        if (exchange.getRequestURI().getPath().endsWith("/responses")) {
            answer = responses(JSON.readTree(body)).getBytes(StandardCharsets.UTF_8);
            type = "text/event-stream";
        } else {
            answer = "{\"data\":[],\"models\":[]}".getBytes(StandardCharsets.UTF_8);
            type = "application/json";
        }
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private synchronized String responses(JsonNode request) {
        everything.append(request).append('\n');
        List<JsonNode> outputs = new ArrayList<>();
        for (JsonNode item : request.path("input")) {
            if (item.path("type").asText().endsWith("call_output")) {
                outputs.add(item);
            }
        }
        for (int i = 0; i < outputs.size(); i++) {
            JsonNode output = outputs.get(i).path("output");
            results.put(i, output.isTextual() ? output.asText() : output.toString());
        }
        String tool = shellTool(request);
        ArrayNode items = JSON.createArrayNode();
        if (tool != null && outputs.size() < commands.size()) {
            items.add(call(tool, commands.get(outputs.size()), outputs.size()));
        } else {
            items.add(message("The test passes now."));
        }
        return stream(items);
    }

    private static @org.jspecify.annotations.Nullable String shellTool(JsonNode request) {
        for (JsonNode tool : request.path("tools")) {
            String name = tool.path("name").asText();
            if (name.equals("exec_command") || name.equals("shell_command") || name.equals("shell")) {
                return name;
            }
        }
        return null;
    }

    private ObjectNode call(String tool, String command, int place) {
        ObjectNode arguments = JSON.createObjectNode();
        switch (tool) {
            case "exec_command" -> arguments.put("cmd", command);
            case "shell_command" -> arguments.put("command", command);
            default -> arguments.putArray("command").add("bash").add("-lc").add(command);
        }
        return JSON.createObjectNode()
                .put("type", "function_call")
                .put("id", "fc_" + place)
                .put("call_id", "call_" + place)
                .put("name", tool)
                .put("arguments", arguments.toString());
    }

    private static ObjectNode message(String text) {
        ObjectNode message = JSON.createObjectNode()
                .put("type", "message")
                .put("id", "msg_final")
                .put("role", "assistant")
                .put("status", "completed");
        message.putArray("content")
                .addObject()
                .put("type", "output_text")
                .put("text", text)
                .putArray("annotations");
        return message;
    }

    private String stream(ArrayNode items) {
        String id = "resp_" + ++responses;
        ObjectNode response = JSON.createObjectNode().put("id", id).put("object", "response");
        response.putArray("output");
        ObjectNode usage = response.putObject("usage");
        usage.put("input_tokens", 1000).put("output_tokens", 50).put("total_tokens", 1050);
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        StringBuilder events = new StringBuilder();
        event(events, JSON.createObjectNode().put("type", "response.created").set("response", response));
        for (int i = 0; i < items.size(); i++) {
            event(
                    events,
                    JSON.createObjectNode()
                            .put("type", "response.output_item.done")
                            .put("output_index", i)
                            .set("item", items.get(i)));
        }
        event(events, JSON.createObjectNode().put("type", "response.completed").set("response", response));
        return events.toString();
    }

    private static void event(StringBuilder events, JsonNode event) {
        events.append("event: ")
                .append(event.path("type").asText())
                .append("\ndata: ")
                .append(event)
                .append("\n\n");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
