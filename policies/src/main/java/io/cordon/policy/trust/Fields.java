package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Typed access to the fields of one JSON object of metadata; what is missing or of another type is refused by name. */
record Fields(ObjectNode object, String subject, String path) {
    /** Largest integer that every JSON reader holds exactly: 2^53. */
    static final long MAX_INTEGER = 1L << 53;

    /** Hash algorithms that this client computes, in order of preference. */
    static final Map<String, String> HASHES = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

    static Fields of(ObjectNode object, String subject) {
        return new Fields(object, subject, "");
    }

    String text(String name) throws RejectedException {
        JsonNode value = object.get(name);
        if (value == null || !value.isTextual()) {
            throw wrong(name, value, "a string");
        }
        return value.textValue();
    }

    long integer(String name, long min) throws RejectedException {
        JsonNode value = object.get(name);
        if (value == null
                || !value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < min
                || value.longValue() > MAX_INTEGER) {
            throw wrong(name, value, "an integer from " + min + " to 2^53");
        }
        return value.longValue();
    }

    boolean flag(String name) throws RejectedException {
        JsonNode value = object.get(name);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrong(name, value, "true or false");
        }
        return value.booleanValue();
    }

    /** A time of the form that the specification fixes: {@code YYYY-MM-DDTHH:MM:SSZ}. */
    Instant time(String name) throws RejectedException {
        String text = text(name);
        try {
            if (TIME.matcher(text).matches()) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            // Falls through: 2026-02-30 has the form of a date and is none.
        }
        throw wrong(name, object.get(name), "YYYY-MM-DDTHH:MM:SSZ");
    }

    Fields object(String name) throws RejectedException {
        if (object.get(name) instanceof ObjectNode child) {
            return new Fields(child, subject, pointer(name));
        }
        throw wrong(name, object.get(name), "an object");
    }

    Optional<Fields> optionalObject(String name) throws RejectedException {
        return object.has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    ArrayNode array(String name) throws RejectedException {
        if (object.get(name) instanceof ArrayNode child) {
            return child;
        }
        throw wrong(name, object.get(name), "a list");
    }

    /** A list of different strings. */
    Set<String> distinctTexts(String name) throws RejectedException {
        Set<String> texts = new LinkedHashSet<>();
        for (JsonNode each : array(name)) {
            if (!each.isTextual() || !texts.add(each.textValue())) {
                throw wrong(name, each, "different strings");
            }
        }
        return texts;
    }

    /** The hashes of the field {@code hashes} that this client can compute; of those given, one at least must be known. */
    Map<String, String> hashes() throws RejectedException {
        Fields given = object("hashes");
        Map<String, String> known = new HashMap<>();
        for (String algorithm : HASHES.keySet()) {
            if (given.object.has(algorithm)) {
                String hash = given.text(algorithm);
                if (!HEX.matcher(hash).matches() || hash.length() != (algorithm.equals("sha256") ? 64 : 128)) {
                    throw given.wrong(algorithm, given.object.get(algorithm), "lower case hexadecimal");
                }
                known.put(algorithm, hash);
            }
        }
        if (known.isEmpty()) {
            throw wrong("hashes", given.object, "sha256 or sha512");
        }
        return Map.copyOf(known);
    }

    Iterator<String> names() {
        return object.fieldNames();
    }

    RejectedException wrong(String name, @Nullable JsonNode value, String expected) {
        String shown = value == null ? "nothing" : value.toString();
        String found = shown.length() > 120 ? shown.substring(0, 120) + "…" : shown;
        return StrictJson.format(subject, pointer(name) + ": " + found, expected);
    }

    private String pointer(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
