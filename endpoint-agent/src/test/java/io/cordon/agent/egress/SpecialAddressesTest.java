package io.cordon.agent.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, this host",
        "10.255.255.255, private",
        "100.64.0.1, shared (carrier-grade NAT)",
        "100.100.100.200, a metadata service",
        "127.255.0.1, loopback",
        "168.63.129.16, a metadata service",
        "169.254.169.254, a metadata service",
        "169.254.0.1, link-local",
        "172.31.255.255, private",
        "192.0.0.8, reserved",
        "192.0.2.1, documentation",
        "192.168.0.1, private",
        "198.19.255.255, benchmarking",
        "224.0.0.1, multicast",
        "239.255.255.255, multicast",
        "255.255.255.255, reserved",
        "::, unspecified or an embedding of IPv4",
        "::1, loopback",
        "::7f00:1, unspecified or an embedding of IPv4",
        "::ffff:127.0.0.1, loopback",
        "::ffff:169.254.169.254, a metadata service",
        "64:ff9b::7f00:1, an embedding of IPv4 (NAT64)",
        "64:ff9b:1::1, an embedding of IPv4 (NAT64)",
        "2002:7f00:1::, an embedding of IPv4 (6to4)",
        "2001::1, an embedding of IPv4 (Teredo)",
        "2001:db8::1, documentation",
        "fc00::1, private",
        "fd00:ec2::254, a metadata service",
        "fe80::1, link-local",
        "fec0::1, site-local",
        "ff02::1, multicast",
        "100::1, reserved",
        "4000::1, reserved",
    })
    void inside(String address, String kind) {
        assertEquals(Optional.of(kind), SpecialAddresses.kind(Addresses.ofLiteral(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00::1",
                "2001:4860:4860::8888",
                "::ffff:8.8.8.8",
            })
    void outside(String address) {
        assertEquals(Optional.empty(), SpecialAddresses.kind(Addresses.ofLiteral(address)));
    }
}
