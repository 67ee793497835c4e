package io.cordon.agent.telemetry.gateway.event;

import static io.cordon.agent.telemetry.gateway.event.EventKind.*;

import java.util.LinkedHashMap;
import java.util.Map;

/** The kind of an event that a newer version of an agent has and nobody has seen here yet, by the words in its name. */
final class Guess {
    /** In this order: an error of a hook is an error. */
    private static final Map<String, EventKind> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("error", ERROR);
        WORDS.put("fail", ERROR);
        WORDS.put("denied", DECISION);
        WORDS.put("sandbox", SANDBOX);
        WORDS.put("hook", HOOK);
        WORDS.put("mcp", MCP);
        WORDS.put("plugin", PLUGIN);
        WORDS.put("extension", PLUGIN);
        WORDS.put("skill", PLUGIN);
        WORDS.put("permission", PERMISSION);
        WORDS.put("approval", PERMISSION);
        WORDS.put("decision", DECISION);
        WORDS.put("network", NETWORK);
        WORDS.put("proxy", NETWORK);
        WORDS.put("auth", AUTH);
        WORDS.put("config", CONFIG);
        WORDS.put("settings", CONFIG);
    }

    private Guess() {}

    static EventKind kind(String name) {
        return WORDS.entrySet().stream()
                .filter(each -> name.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHER);
    }
}
