package io.cordon.agent.os.windows.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.fence.Ranges.Range;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RangesTest {
    @Property
    void aPortIsInTheComplementUnlessItIsAllowed(
            @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 65535) Integer> allowed,
            @ForAll @IntRange(min = 1, max = 65535) int port) {
        assertEquals(
                !allowed.contains(port),
                Ranges.portsBut(allowed).stream().anyMatch(range -> range.contains(BigInteger.valueOf(port))));
        allowed.forEach(each -> assertTrue(
                Ranges.portsBut(allowed).stream().noneMatch(range -> range.contains(BigInteger.valueOf(each)))));
    }

    @Property
    void complementsOfSmallRangesAreExact(
            @ForAll @Size(max = 5) List<@IntRange(min = 0, max = 20) Integer> starts,
            @ForAll @IntRange(min = 0, max = 6) int length) {
        List<Range> holes =
                starts.stream().map(start -> Range.of(start, start + length)).toList();
        List<Range> rest = Ranges.complement(Range.of(3, 18), holes);
        for (int value = 0; value <= 27; value++) {
            BigInteger each = BigInteger.valueOf(value);
            boolean in = value >= 3 && value <= 18 && holes.stream().noneMatch(hole -> hole.contains(each));
            assertEquals(
                    in ? 1 : 0,
                    rest.stream().filter(range -> range.contains(each)).count(),
                    "value " + value);
        }
    }

    @Test
    void portsAreWrittenAsTheFirewallTakesThem() {
        assertEquals("1-8079,8081-65535", Ranges.ports(Ranges.portsBut(List.of(8080))));
        assertEquals("2-65534", Ranges.ports(Ranges.portsBut(List.of(65535, 1, 1))));
        assertEquals("1-65535", Ranges.ports(Ranges.portsBut(List.of())));
        assertEquals("1-21,23,25-65535", Ranges.ports(Ranges.portsBut(List.of(24, 22))));
    }

    @Test
    void addressesLeaveOutLoopbackAlone() {
        assertEquals(
                "0.0.0.0-126.255.255.255,128.0.0.0-255.255.255.255,::,::2-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                Ranges.addressesButLoopback());
    }

    @Test
    void formsThatMeanTheSameAddressesAreEqual() {
        String wanted = Ranges.canonicalAddresses("127.0.0.0/8,::1");
        assertEquals(wanted, Ranges.canonicalAddresses("127.0.0.0/255.0.0.0,::1/128"));
        assertEquals(wanted, Ranges.canonicalAddresses("::1-::1, 127.128.0.0-127.255.255.255,127.0.0.0/9"));
        assertNotEquals(wanted, Ranges.canonicalAddresses("127.0.0.0/8"));
        assertNotEquals(wanted, Ranges.canonicalAddresses("127.0.0.0/9,::1"));
        assertEquals("LocalSubnet", Ranges.canonicalAddresses("LocalSubnet"));
        assertEquals(
                Ranges.canonicalAddresses(Ranges.addressesButLoopback()),
                Ranges.canonicalAddresses("::2-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,::,128.0.0.0-255.255.255.255,"
                        + "0.0.0.0-126.255.255.255"));
    }
}
