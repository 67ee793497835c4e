package io.cordon.server.investigation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An argument vector as one line for people, quoted as a POSIX shell would want it, so that word borders can be seen. */
final class CommandText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private CommandText() {}

    /** The line of a stored value: a JSON array of words, or a JSON text as it is. */
    static String of(byte[] json) {
        try {
            JsonNode value = JSON.readTree(json);
            if (!value.isArray()) {
                return value.asText();
            }
            List<String> words = new ArrayList<>();
            value.forEach(word -> words.add(quote(word.asText())));
            return String.join(" ", words);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("content: not JSON (expected: what was stored)", e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    private static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
