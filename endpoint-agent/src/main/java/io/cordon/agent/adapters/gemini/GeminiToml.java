package io.cordon.agent.adapters.gemini;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the rules of a policy file: tables of strings, lists of strings and numbers. */
final class GeminiToml {
    private final StringBuilder text = new StringBuilder("# Kept by Cordon: changes are undone.\n");

    /** Begins a rule with its first condition. */
    GeminiToml rule(String key, String value) {
        text.append("\n[[rule]]\n");
        return and(key, value);
    }

    /** Begins a rule with its first condition. */
    GeminiToml rule(String key, List<String> values) {
        text.append("\n[[rule]]\n");
        return line(key, values.stream().map(GeminiToml::string).collect(Collectors.joining(", ", "[", "]")));
    }

    GeminiToml and(String key, String value) {
        return line(key, string(value));
    }

    /** Ends a rule; an empty message is none. */
    void decision(String decision, int priority, String message) {
        line("decision", string(decision)).line("priority", String.valueOf(priority));
        if (!message.isEmpty()) {
            and("denyMessage", message);
        }
    }

    private GeminiToml line(String key, String value) {
        text.append(key).append(" = ").append(value).append('\n');
        return this;
    }

    /** A basic string (TOML 1.0.0, String): quotes, backslashes and control characters are escaped. */
    private static String string(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7F) {
                quoted.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
