package io.cordon.agent.egress;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that are not plain public ones, and what they are (IANA special-purpose registries, RFC 6890, and the metadata
 * services of the large clouds). A name that leads to one of them leads inside.
 */
final class SpecialAddresses {

    /** A block of addresses; {@code width} is 32 or 128. */
    private record Block(BigInteger prefix, int length, int width, String kind) {
        boolean has(BigInteger address, int addressWidth) {
            return addressWidth == width && address.shiftRight(width - length).equals(prefix);
        }
    }

    private static final List<Block> BLOCKS = List.of(
            four("169.254.169.254", 32, "a metadata service"),
            four("168.63.129.16", 32, "a metadata service"),
            four("100.100.100.200", 32, "a metadata service"),
            four("192.0.0.192", 32, "a metadata service"),
            four("0.0.0.0", 8, "this host"),
            four("10.0.0.0", 8, "private"),
            four("100.64.0.0", 10, "shared (carrier-grade NAT)"),
            four("127.0.0.0", 8, "loopback"),
            four("169.254.0.0", 16, "link-local"),
            four("172.16.0.0", 12, "private"),
            four("192.0.0.0", 24, "reserved"),
            four("192.0.2.0", 24, "documentation"),
            four("192.88.99.0", 24, "a 6to4 relay"),
            four("192.168.0.0", 16, "private"),
            four("198.18.0.0", 15, "benchmarking"),
            four("198.51.100.0", 24, "documentation"),
            four("203.0.113.0", 24, "documentation"),
            four("224.0.0.0", 4, "multicast"),
            four("240.0.0.0", 4, "reserved"),
            six("fd00:ec2::254", 128, "a metadata service"),
            six("::1", 128, "loopback"),
            six("::", 96, "unspecified or an embedding of IPv4"),
            six("64:ff9b::", 32, "an embedding of IPv4 (NAT64)"),
            six("2001::", 32, "an embedding of IPv4 (Teredo)"),
            six("2001::", 23, "reserved"),
            six("2001:db8::", 32, "documentation"),
            six("2002::", 16, "an embedding of IPv4 (6to4)"),
            six("3fff::", 20, "documentation"),
            six("fc00::", 7, "private"),
            six("fe80::", 10, "link-local"),
            six("fec0::", 10, "site-local"),
            six("ff00::", 8, "multicast"));

    /** What of IPv6 is given out as public (IANA, global unicast). */
    private static final Block GLOBAL = six("2000::", 3, "public");

    private SpecialAddresses() {}

    private static Block four(String prefix, int length, String kind) {
        return block(prefix, length, 32, kind);
    }

    private static Block six(String prefix, int length, String kind) {
        return block(prefix, length, 128, kind);
    }

    private static Block block(String prefix, int length, int width, String kind) {
        byte[] bytes = Addresses.ofLiteral(prefix).getAddress();
        return new Block(new BigInteger(1, bytes).shiftRight(width - length), length, width, kind);
    }

    /** What kind of special address it is; empty for a plain public one. */
    static Optional<String> kind(InetAddress address) {
        byte[] bytes = address.getAddress();
        BigInteger number = new BigInteger(1, bytes);
        int width = bytes.length * 8;
        for (Block block : BLOCKS) {
            if (block.has(number, width)) {
                return Optional.of(block.kind());
            }
        }
        return width == 128 && !GLOBAL.has(number, width) ? Optional.of("reserved") : Optional.empty();
    }
}
