package io.cordon.agent.adapters.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.policy.model.Agents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects that name MCP servers, which look much the same in every coding agent: a name, and either {@code command},
 * {@code args} and {@code env}, or an address.
 */
final class ServerSettings {
    private static final int MOST_OF_A_FILE = 100;
    private static final int MOST_ARGUMENTS = 64;
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_TEXT = 512;
    private static final List<String> ADDRESSES = List.of("url", "httpUrl", "serverUrl");
    private static final Pattern ASSIGNMENT = Pattern.compile("^([A-Z_][A-Z0-9_]{0,127})=.*", Pattern.DOTALL);
    private static final Pattern URL_PARTS =
            Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]{0,15}://)(?:[^/?#]*@)?([^/?#]*)([^?#]*).*", Pattern.DOTALL);

    private final Redactor redactor;
    private final Agents rules;

    /** @param redactor what takes secrets out */
    ServerSettings(Redactor redactor, Agents rules) {
        this.redactor = redactor;
        this.rules = rules;
    }

    /** Whose they are, and where they stand. */
    record Origin(KnownAgent agent, String user, String scope, String file) {}

    /** The servers of an object {@code name → settings}; what is no object is none. */
    void read(@Nullable JsonNode servers, Origin origin, Findings findings) {
        if (servers == null || !servers.isObject()) {
            return;
        }
        int left = MOST_OF_A_FILE;
        for (Map.Entry<String, JsonNode> server : servers.properties()) {
            if (left-- == 0) {
                findings.problem(origin.file() + ": more than " + MOST_OF_A_FILE + " MCP servers");
                return;
            }
            if (server.getValue().isObject()) {
                findings.add(server(server.getKey(), server.getValue(), origin));
            }
        }
    }

    private Inventory.ConfiguredServer server(String name, JsonNode settings, Origin origin) {
        List<String> command = command(settings);
        String url = ADDRESSES.stream()
                .map(key -> settings.path(key).asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        List<String> environment = settings.path("env").properties().stream()
                .map(variable -> clean(variable.getKey(), LONGEST_NAME))
                .limit(MOST_ARGUMENTS)
                .sorted()
                .toList();
        return new Inventory.ConfiguredServer(
                origin.agent(),
                origin.user(),
                clean(name, LONGEST_NAME),
                shown(command),
                shown(url),
                environment,
                origin.scope(),
                origin.file(),
                allowed(origin.agent(), name, command, url));
    }

    private static List<String> command(JsonNode settings) {
        JsonNode command = settings.path("command");
        // an array in some agents, a program with args beside it in others
        Stream<JsonNode> words = command.isArray() ? elements(command) : Stream.of(command);
        return Stream.concat(words, elements(settings.path("args")))
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private @Nullable Boolean allowed(KnownAgent agent, String name, List<String> command, String url) {
        Optional<List<Agents.McpServer>> listed = rules.rules(agent.policyKey()).flatMap(Agents.AgentRules::mcpServers);
        return listed.isEmpty()
                ? null
                : Boolean.valueOf(listed.get().stream().anyMatch(each -> matches(each, name, command, url)));
    }

    private static boolean matches(Agents.McpServer listed, String name, List<String> command, String url) {
        return listed.name().equals(name)
                && (listed.command().isEmpty() || listed.command().equals(command))
                && (listed.url().isEmpty() || listed.url().get().equals(url));
    }

    /** Secrets taken out, and whatever is given as a variable: {@code docker run -e NAME=value}. */
    private List<String> shown(List<String> command) {
        List<String> plain = new ArrayList<>();
        for (String word : command.subList(0, Math.min(command.size(), MOST_ARGUMENTS))) {
            Matcher assignment = ASSIGNMENT.matcher(word);
            plain.add(
                    assignment.matches()
                            ? assignment.group(1) + "=[redacted]"
                            : URL_PARTS.matcher(word).matches() ? shown(word) : word);
        }
        return redactor.arguments(plain).values().stream()
                .map(word -> clean(word, LONGEST_TEXT))
                .toList();
    }

    private String shown(String url) {
        Matcher parts = URL_PARTS.matcher(url);
        if (!parts.matches()) {
            return clean(redactor.text(url), LONGEST_TEXT);
        }
        return clean(redactor.text(parts.group(1) + parts.group(2) + parts.group(3)), LONGEST_TEXT);
    }

    private static String clean(String text, int longest) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
        return line.length() > longest ? line.substring(0, longest) + "…" : line;
    }
}
