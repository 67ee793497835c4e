package io.cordon.agent.os.windows.fence;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Complements of ranges, as Windows Firewall takes them: it has no "all but". */
final class Ranges {
    private static final BigInteger LAST_V4 = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
    private static final BigInteger LAST_V6 = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    private Ranges() {}

    /** Both ends included. */
    record Range(BigInteger first, BigInteger last) {
        Range {
            if (first.compareTo(last) > 0) {
                throw new IllegalArgumentException("range: " + first + ".." + last + " (expected: ascending)");
            }
        }

        static Range of(long first, long last) {
            return new Range(BigInteger.valueOf(first), BigInteger.valueOf(last));
        }

        boolean contains(BigInteger value) {
            return first.compareTo(value) <= 0 && value.compareTo(last) <= 0;
        }
    }

    /** What of the whole is in none of the holes, ascending; holes may overlap and come in any order. */
    static List<Range> complement(Range whole, List<Range> holes) {
        List<Range> rest = new ArrayList<>();
        BigInteger next = whole.first();
        for (Range hole :
                holes.stream().sorted(Comparator.comparing(Range::first)).toList()) {
            BigInteger before = hole.first().subtract(BigInteger.ONE).min(whole.last());
            if (next.compareTo(before) <= 0) {
                rest.add(new Range(next, before));
            }
            next = next.max(hole.last().add(BigInteger.ONE));
        }
        if (next.compareTo(whole.last()) <= 0) {
            rest.add(new Range(next, whole.last()));
        }
        return rest;
    }

    /** {@code 1-8079,8081-65535}: every TCP port that is not allowed. Port 0 is nobody's. */
    static List<Range> portsBut(List<Integer> allowed) {
        return complement(
                Range.of(1, 65535),
                allowed.stream().map(port -> Range.of(port, port)).toList());
    }

    static String ports(List<Range> ranges) {
        return ranges.stream()
                .map(range ->
                        range.first().equals(range.last()) ? "" + range.first() : range.first() + "-" + range.last())
                .collect(Collectors.joining(","));
    }

    /** Every address but 127.0.0.0/8 and ::1. */
    static String addressesButLoopback() {
        List<Range> v4 =
                complement(new Range(BigInteger.ZERO, LAST_V4), List.of(Range.of(127L << 24, (128L << 24) - 1)));
        List<Range> v6 = complement(new Range(BigInteger.ZERO, LAST_V6), List.of(Range.of(1, 1)));
        return addresses(false, v4) + "," + addresses(true, v6);
    }

    /**
     * Addresses as one canonical text: Windows gives back "127.0.0.0/255.0.0.0" for "127.0.0.0/8". A text that cannot be read
     * stays as it is.
     */
    static String canonicalAddresses(String text) {
        try {
            List<Range> v4 = new ArrayList<>();
            List<Range> v6 = new ArrayList<>();
            for (String word : text.split(",")) {
                (word.indexOf(':') < 0 ? v4 : v6).add(addressRange(word.strip()));
            }
            return addresses(false, merged(v4)) + ";" + addresses(true, merged(v6));
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Range addressRange(String word) {
        int dash = word.indexOf('-');
        int slash = word.indexOf('/');
        if (dash > 0) {
            return new Range(
                    IpAddress.parse(word.substring(0, dash)).value(),
                    IpAddress.parse(word.substring(dash + 1)).value());
        }
        IpAddress address = IpAddress.parse(slash > 0 ? word.substring(0, slash) : word);
        int bits = address.v6() ? 128 : 32;
        int prefix = slash > 0 ? prefix(word.substring(slash + 1), bits) : bits;
        BigInteger size = BigInteger.ONE.shiftLeft(bits - prefix);
        BigInteger first = address.value().divide(size).multiply(size);
        return new Range(first, first.add(size).subtract(BigInteger.ONE));
    }

    private static int prefix(String text, int bits) {
        int prefix = text.indexOf('.') < 0
                ? Integer.parseInt(text)
                : 32 - IpAddress.parse(text).value().getLowestSetBit();
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("prefix: " + text + " (expected: 0.." + bits + ")");
        }
        return prefix;
    }

    /** Ascending, those that touch or overlap made one. */
    private static List<Range> merged(List<Range> ranges) {
        BigInteger end = BigInteger.ONE.shiftLeft(128);
        Range whole = new Range(BigInteger.ZERO, end);
        return ranges.isEmpty() ? ranges : complement(whole, complement(whole, ranges));
    }

    private static String addresses(boolean v6, List<Range> ranges) {
        return ranges.stream()
                .map(range -> range.first().equals(range.last())
                        ? new IpAddress(v6, range.first()).toString()
                        : new IpAddress(v6, range.first()) + "-" + new IpAddress(v6, range.last()))
                .collect(Collectors.joining(","));
    }
}
