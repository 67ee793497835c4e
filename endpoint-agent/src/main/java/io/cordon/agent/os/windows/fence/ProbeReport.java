package io.cordon.agent.os.windows.fence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the probe said: one line of JSON. Reading it never throws; the probe ran as an account that nobody trusts. */
sealed interface ProbeReport {
    /** What came of an attempt, as far as the probe could see. */
    enum Outcome {
        /** Connected. */
        REACHED,
        /** The datagram was taken. */
        SENT,
        LISTENING,
        /** An echo reply came. */
        REPLIED,
        /** Nobody listens there: so the packet got there. */
        REFUSED,
        /** The system forbids it. */
        DENIED,
        TIMEOUT,
        /** There is no such address family, address or route here. */
        UNAVAILABLE,
        /** The account cannot be shed that way. */
        IMPOSSIBLE,
        /** Anything else. */
        ERROR
    }

    /** @param outcomes by the attempt's argument */
    record Said(Map<String, Outcome> outcomes) implements ProbeReport {
        public Said {
            outcomes = Map.copyOf(outcomes);
        }
    }

    record Unreadable(String reason) implements ProbeReport {}

    /** {@code {"probe":1,"outcomes":{"tcp/127.0.0.1/80":"denied",…}}}. */
    static ProbeReport parse(String output) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(output);
        } catch (JsonProcessingException e) {
            return new Unreadable("the probe's answer is not JSON");
        }
        if (root == null
                || root.path("probe").asInt() != 1
                || !root.path("outcomes").isObject()) {
            return new Unreadable("the probe's answer is of another form (expected: \"probe\": 1 with \"outcomes\")");
        }
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : root.path("outcomes").properties()) {
            outcomes.put(each.getKey(), outcome(each.getValue().asText()));
        }
        return new Said(outcomes);
    }

    private static Outcome outcome(String word) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().toLowerCase(Locale.ROOT).equals(word)) {
                return outcome;
            }
        }
        return Outcome.ERROR;
    }
}
