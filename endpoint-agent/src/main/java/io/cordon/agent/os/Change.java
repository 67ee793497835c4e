package io.cordon.agent.os;

import java.util.Map;

/**
 * A change the agent makes to the machine, with all it takes to undo it.
 *
 * @param kind says who can undo it: "placeholder", "directory", …
 */
public record Change(String kind, Map<String, String> details) {
    public Change {
        details = Map.copyOf(details);
    }

    /** The detail, which must be there. */
    public String detail(String name) {
        String value = details.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    kind + ": no \"" + name + "\" (expected: one of " + details.keySet() + ")");
        }
        return value;
    }
}
