package io.cordon.server.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What log records add to the numbers of hooks: one tally per hour, endpoint, user, agent and rule.
 *
 * @param user empty when none is told, like the agent and the rule
 */
record AskTally(
        Instant hour,
        UUID endpointId,
        String user,
        String agent,
        String rule,
        @Nullable String hostname,
        AskNumbers numbers) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DECISION = "cordon.hook.decision";
    private static final String OUTCOME = "cordon.ask.outcome";
    private static final int LONGEST = 200;
    /** A day: an answer that takes longer is none. */
    private static final long LONGEST_ANSWER = 86_400_000;

    private record Key(Instant hour, UUID endpoint, String user, String agent, String rule) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::hour)
                .thenComparing(Key::endpoint)
                .thenComparing(Key::user)
                .thenComparing(Key::agent)
                .thenComparing(Key::rule);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Tallies of exactly these records, ordered by key, so that two writers never lock them in opposite order. */
    static List<AskTally> of(Collection<LogEntry> logs) {
        Map<Key, AskTally> tallies = new TreeMap<>();
        for (LogEntry log : logs) {
            // most records are of other kinds, and are not parsed again
            if (log.attributes().contains(DECISION) || log.attributes().contains(OUTCOME)) {
                add(tallies, log);
            }
        }
        return new ArrayList<>(tallies.values());
    }

    private static void add(Map<Key, AskTally> tallies, LogEntry log) {
        JsonNode attributes = parse(log.attributes());
        // A decision is Cordon's, or it is none; what came of a question is told by the agent.
        AskNumbers numbers =
                numbers(log.origin().attested() ? attributes.path(DECISION).asText() : "", attributes);
        if (numbers.equals(AskNumbers.NONE)) {
            return;
        }
        Key key = new Key(
                log.at().truncatedTo(ChronoUnit.HOURS),
                log.origin().endpointId(),
                cut(log.promoted().user()),
                cut(attributes.path("cordon.agent.name").asText()),
                cut(attributes.path("cordon.policy.rule").asText()));
        tallies.merge(
                key,
                new AskTally(
                        key.hour,
                        key.endpoint,
                        key.user,
                        key.agent,
                        key.rule,
                        log.origin().hostname(),
                        numbers),
                AskTally::plus);
    }

    private static AskNumbers numbers(String decision, JsonNode attributes) {
        String outcome = attributes.path(OUTCOME).asText();
        boolean remembered = outcome.equals("remembered");
        boolean yes = outcome.equals("allowed");
        boolean no = outcome.equals("denied");
        JsonNode took = attributes.path("cordon.ask.duration_ms");
        // 64-bit numbers may arrive as text
        long millis = took.isTextual() ? took.asLong(-1) : took.isNumber() ? took.longValue() : -1;
        boolean timed = (yes || no) && millis >= 0 && millis <= LONGEST_ANSWER;
        return new AskNumbers(
                one(decision.equals("allow")),
                one(decision.equals("deny")),
                one(decision.equals("ask") && !remembered),
                one(yes),
                one(no),
                one(remembered),
                one(outcome.equals("unanswered")),
                one(timed),
                timed ? millis : 0);
    }

    private static long one(boolean is) {
        return is ? 1 : 0;
    }

    private static JsonNode parse(String attributes) {
        try {
            return JSON.readTree(attributes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored record has unreadable attributes", e);
        }
    }

    private static String cut(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private AskTally plus(AskTally other) {
        return new AskTally(
                hour,
                endpointId,
                user,
                agent,
                rule,
                hostname == null ? other.hostname : hostname,
                numbers.plus(other.numbers));
    }
}
