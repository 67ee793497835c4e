package io.cordon.agent.os.windows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "S-1-1-0",
                "S-1-5-18",
                "S-1-5-32-544",
                "S-1-5-21-4294967295-0-1-1001",
                "S-1-15-2-1",
                "S-1-0xffffffffffff-7"
            })
    void textAndBytesComeBackAsTheyWere(String text) {
        Sid sid = Sid.parse(text);
        assertEquals(text, sid.toString());
        assertEquals(sid, Sid.read(sid.bytes(), 0));
    }

    @Test
    void administratorsHasTheBytesOfTheSpecification() {
        assertArrayEquals(HexFormat.of().parseHex("01020000000000052000000020020000"), Sid.ADMINISTRATORS.bytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "S-1-5",
                "S-2-5-18",
                "s-1-5-18",
                "S-1-5-18-",
                "S-1-5-4294967296",
                "S-1-5--1",
                "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16",
                "S-1-999999999999999-1"
            })
    void refusesWhatIsNoSid(String text) {
        assertThrows(IllegalArgumentException.class, () -> Sid.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0101000000000005", "01000000000000050000", "02010000000000051200000000"})
    void refusesBytesThatAreNoSid(String hex) {
        assertThrows(
                IllegalArgumentException.class, () -> Sid.read(HexFormat.of().parseHex(hex), 0));
    }
}
