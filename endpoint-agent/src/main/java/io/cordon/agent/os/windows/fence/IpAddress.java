package io.cordon.agent.os.windows.fence;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A literal IP address. {@link java.net.InetAddress} will not do: it turns an IPv4-mapped IPv6 address into the IPv4 one, and a
 * filter at an IPv6 layer must name the mapped form.
 *
 * @param value unsigned, 32 or 128 bits
 */
public record IpAddress(boolean v6, BigInteger value) {
    public static final IpAddress LOOPBACK_V4 = v4(127, 0, 0, 1);
    public static final IpAddress LOOPBACK_V6 = new IpAddress(true, BigInteger.ONE);

    private static final Pattern V4 = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");
    private static final BigInteger MAPPED_PREFIX = BigInteger.valueOf(0xffff).shiftLeft(32);

    public IpAddress {
        if (value.signum() < 0 || value.bitLength() > (v6 ? 128 : 32)) {
            throw new IllegalArgumentException("IP address: " + value + " (expected: " + (v6 ? 128 : 32) + " bits)");
        }
    }

    public static IpAddress v4(int a, int b, int c, int d) {
        return of(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
    }

    /** From 4 or 16 bytes, most significant first. */
    public static IpAddress of(byte[] bytes) {
        if (bytes.length != 4 && bytes.length != 16) {
            throw new IllegalArgumentException("IP address: " + bytes.length + " bytes (expected: 4 or 16)");
        }
        return new IpAddress(bytes.length == 16, new BigInteger(1, bytes));
    }

    /**
     * Reads {@code 127.0.0.1}, {@code ::1} or {@code ::ffff:127.0.0.1}; no names, no scopes.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text);
    }

    private static IpAddress parseV4(String text) {
        var match = V4.matcher(text);
        if (!match.matches()) {
            throw malformed(text);
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int part = Integer.parseInt(match.group(i + 1));
            if (part > 255) {
                throw malformed(text);
            }
            bytes[i] = (byte) part;
        }
        return of(bytes);
    }

    private static IpAddress parseV6(String text) {
        int gap = text.indexOf("::");
        List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap), text);
        List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2), text);
        int missing = 8 - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            throw malformed(text);
        }
        List<Integer> all = new ArrayList<>(head);
        IntStream.range(0, missing).forEach(i -> all.add(0));
        all.addAll(tail);
        return new IpAddress(
                true,
                all.stream()
                        .map(BigInteger::valueOf)
                        .reduce(
                                BigInteger.ZERO,
                                (sum, group) -> sum.shiftLeft(16).or(group)));
    }

    private static List<Integer> groups(String part, String whole) {
        List<Integer> groups = new ArrayList<>();
        if (part.isEmpty()) {
            return groups;
        }
        String[] words = part.split(":", -1);
        for (int i = 0; i < words.length; i++) {
            if (i == words.length - 1 && words[i].indexOf('.') > 0) {
                int v4 = parseV4(words[i]).value.intValue();
                groups.add(v4 >>> 16);
                groups.add(v4 & 0xffff);
            } else if (words[i].matches("[0-9A-Fa-f]{1,4}")) {
                groups.add(Integer.parseInt(words[i], 16));
            } else {
                throw malformed(whole);
            }
        }
        return groups;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("IP address: " + text + " (expected: a literal address)");
    }

    /** Most significant byte first. */
    public byte[] bytes() {
        String digits = value.toString(16);
        return HexFormat.of().parseHex("0".repeat((v6 ? 32 : 8) - digits.length()) + digits);
    }

    /** {@code ::ffff:a.b.c.d}: how a dual-stack socket names an IPv4 address. */
    public IpAddress mapped() {
        if (v6) {
            throw new IllegalArgumentException("IP address: " + this + " (expected: IPv4)");
        }
        return new IpAddress(true, MAPPED_PREFIX.or(value));
    }

    /** Whether it is {@code ::ffff:a.b.c.d}. */
    public boolean isMapped() {
        return v6 && value.shiftRight(32).equals(BigInteger.valueOf(0xffff));
    }

    /** Whether it never leaves the machine: 127.0.0.0/8, ::1 and the mapped form of the first. */
    public boolean isLoopback() {
        if (!v6) {
            return value.shiftRight(24).intValue() == 127;
        }
        return equals(LOOPBACK_V6)
                || value.shiftRight(24)
                        .equals(MAPPED_PREFIX.or(BigInteger.valueOf(127L << 24)).shiftRight(24));
    }

    /** IPv6 with the longest run of zeros shortened (RFC 5952), but a mapped address in hexadecimal like any other. */
    @Override
    public String toString() {
        byte[] bytes = bytes();
        if (!v6) {
            return IntStream.range(0, 4)
                    .mapToObj(i -> Integer.toString(bytes[i] & 0xff))
                    .collect(Collectors.joining("."));
        }
        List<String> groups = IntStream.range(0, 8)
                .mapToObj(i -> Integer.toHexString((bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff))
                .toList();
        int best = 0;
        int length = 1;
        for (int from = 0; from < 8; from++) {
            int run = from;
            while (run < 8 && groups.get(run).equals("0")) {
                run++;
            }
            if (run - from > length) {
                best = from;
                length = run - from;
            }
        }
        return length == 1
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, best)) + "::" + String.join(":", groups.subList(best + length, 8));
    }
}
