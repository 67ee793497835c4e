package io.cordon.policy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ \"b\" : 1, \"a\" : [ ] }            | {\"a\":[],\"b\":1}",
                "[true, null, -5, \"x\"]               | [true,null,-5,\"x\"]",
                "{\"a\":{},\"A\":{\"z\":1,\"y\":2}}    | {\"A\":{\"y\":2,\"z\":1},\"a\":{}}",
                "\"\\u00e9\\u20ac\\/\\u0001\\n\"       | \"é€/\\u0001\\n\"",
                "{\"\\ufb33\":1,\"\\ud83d\\ude00\":2}  | {\"\\ud83d\\ude00\":2,\"\\ufb33\":1}",
            })
    void hasOneForm(String given, String expected) throws JsonProcessingException {
        String canonical = new String(CanonicalJson.encode(JSON.readTree(given)), StandardCharsets.UTF_8);
        assertEquals(JSON.readTree(expected), JSON.readTree(canonical));
        if (!expected.contains("\\ud83d")) {
            assertEquals(expected, canonical);
        } else {
            assertEquals(0, canonical.indexOf("{\"\ud83d\ude00\""), "sorted by UTF-16 code units");
        }
    }

    @Test
    void refusesWhatHasNoOneForm() {
        JsonNode fraction = JsonNodeFactory.instance.numberNode(1.5);
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.encode(fraction));
        JsonNode surrogate = JsonNodeFactory.instance.textNode("\ud83d");
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.encode(surrogate));
    }

    @Test
    void digestsAreSha256() {
        assertEquals(
                "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                Digest.of("abc".getBytes(StandardCharsets.UTF_8)).toString());
        assertThrows(IllegalArgumentException.class, () -> new Digest("abc"));
    }
}
