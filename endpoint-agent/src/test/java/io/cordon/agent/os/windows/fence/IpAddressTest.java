package io.cordon.agent.os.windows.fence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @Property
    void textIsReadBack(@ForAll @Size(16) byte[] bytes) {
        IpAddress address = IpAddress.of(bytes);
        assertEquals(address, IpAddress.parse(address.toString()));
        assertArrayEquals(bytes, address.bytes());
    }

    @Property
    void textOfIpv4IsReadBack(@ForAll @Size(4) byte[] bytes) {
        assertEquals(IpAddress.of(bytes), IpAddress.parse(IpAddress.of(bytes).toString()));
        assertArrayEquals(bytes, IpAddress.of(bytes).bytes());
        assertEquals(IpAddress.of(bytes).mapped(), IpAddress.parse("::ffff:" + IpAddress.of(bytes)));
    }

    @Test
    void readsAndWritesTheUsualForms() {
        assertEquals("::1", IpAddress.LOOPBACK_V6.toString());
        assertEquals("::", IpAddress.parse("::").toString());
        assertEquals(
                "2001:db8::1:0:0:1", IpAddress.parse("2001:db8:0:0:1:0:0:1").toString());
        assertEquals("fe80::", IpAddress.parse("FE80::").toString());
        assertEquals("::ffff:7f00:1", IpAddress.LOOPBACK_V4.mapped().toString());
    }

    @Test
    void knowsLoopbackInAllThreeForms() {
        assertTrue(IpAddress.parse("127.255.0.9").isLoopback());
        assertTrue(IpAddress.parse("::1").isLoopback());
        assertTrue(IpAddress.parse("::ffff:127.0.0.1").isLoopback());
        assertFalse(IpAddress.parse("128.0.0.1").isLoopback());
        assertFalse(IpAddress.parse("::2").isLoopback());
        assertFalse(IpAddress.parse("::127.0.0.1").isLoopback());
    }

    @Test
    void knowsMappedAddresses() {
        assertTrue(IpAddress.v4(10, 0, 0, 5).mapped().isMapped());
        assertFalse(IpAddress.v4(10, 0, 0, 5).isMapped());
        assertFalse(IpAddress.parse("::10.0.0.5").isMapped());
        assertFalse(IpAddress.parse("1::ffff:10.0.0.5").isMapped());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4.5",
                "localhost",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1::2::3",
                "fe80::1%3",
                "1:2:3:4:5:6:7:8:9",
                "::1.2.3",
                "12345::",
                "1:2:3:4:5:6:7::8"
            })
    void refusesWhatIsNoLiteralAddress(String text) {
        assertThrows(IllegalArgumentException.class, () -> IpAddress.parse(text));
    }
}
