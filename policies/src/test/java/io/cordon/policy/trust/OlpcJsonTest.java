package io.cordon.policy.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OLPC canonical JSON. */
class OlpcJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ }|{}",
                "{\"b\" : 1, \"a\" : [ true , false, null ]}|{\"a\":[true,false,null],\"b\":1}",
                "{\"a\":\"\\\" \\\\ \\/ \\u00e9\"}|{\"a\":\"\\\" \\\\ / é\"}",
                "{\"n\":-0,\"m\":-12,\"l\":123456789012345678901234567890}|{\"l\":123456789012345678901234567890,\"m\":-12,\"n\":0}",
                "{\"B\":1,\"a\":2,\"A\":3,\"\":4,\"aa\":5}|{\"\":4,\"A\":3,\"B\":1,\"a\":2,\"aa\":5}"
            })
    void formIsTheOneOfTheStandard(String text, String canonical) throws RejectedException {
        assertEquals(canonical, canonical(text));
    }

    @ParameterizedTest
    @CsvSource({"\\t,9", "\\n,10", "\\u0000,0", "\\u001f,31"})
    void controlCharactersStandForThemselves(String escape, int code) throws RejectedException {
        assertEquals("{\"a\":\"" + (char) code + "\"}", canonical("{\"a\":\"" + escape + "\"}"));
    }

    /** By code point, U+FFFD comes before U+1F600; by UTF-16 code unit it would come after. */
    @Test
    void keysAreSortedByCodePoint() throws RejectedException {
        assertEquals("{\"\ufffd\":2,\"\ud83d\ude00\":1}", canonical("{\"\ud83d\ude00\":1,\"\ufffd\":2}"));
    }

    @Test
    void floatsHaveNoForm() {
        assertThrows(IllegalArgumentException.class, () -> OlpcJson.encode(JsonNodeFactory.instance.numberNode(1.5)));
    }

    /** What is canonical stays as it is when read and written again, control characters aside, which JSON has to escape. */
    @Property(tries = 300)
    void canonicalFormIsAFixedPoint(
            @ForAll("printable") String key, @ForAll("printable") String value, @ForAll long number)
            throws RejectedException {
        byte[] once = OlpcJson.encode(
                JsonNodeFactory.instance.objectNode().put(key, value).put(key + "x", number));

        assertArrayEquals(once, OlpcJson.encode(StrictJson.parse(once, "test")));
    }

    @Provide
    Arbitrary<String> printable() {
        return Arbitraries.strings().withCharRange(' ', '\ud7ff').ofMaxLength(40);
    }

    private static String canonical(String text) throws RejectedException {
        byte[] encoded = OlpcJson.encode(StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), "test"));
        return new String(encoded, StandardCharsets.UTF_8);
    }
}
