package io.cordon.policy.model;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A literal IP address; never resolves a name. IPv4 only as four decimal numbers without leading zeros, since resolvers
 * disagree about every other form; an IPv4-mapped IPv6 address becomes its IPv4 address.
 *
 * @param text four decimal numbers, or eight hexadecimal groups without leading zeros or {@code ::}
 */
public record IpAddress(String text) {

    private static final Pattern V4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern NUMERIC_LABEL = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    /** The address, or empty when the text is not one. */
    public static Optional<IpAddress> parse(String text) {
        if (V4.matcher(text).matches()) {
            return Optional.of(new IpAddress(text));
        }
        int[] groups = text.indexOf(':') < 0 || text.length() > 45 ? null : groups(text);
        if (groups == null) {
            return Optional.empty();
        }
        boolean mapped = groups[5] == 0xffff;
        for (int i = 0; i < 5; i++) {
            mapped &= groups[i] == 0;
        }
        if (mapped) {
            return Optional.of(new IpAddress(
                    (groups[6] >> 8) + "." + (groups[6] & 0xff) + "." + (groups[7] >> 8) + "." + (groups[7] & 0xff)));
        }
        StringBuilder canonical = new StringBuilder();
        for (int group : groups) {
            canonical.append(canonical.length() == 0 ? "" : ":").append(Integer.toHexString(group));
        }
        return Optional.of(new IpAddress(canonical.toString()));
    }

    /** True for text whose last label is a number: some resolver takes it for an address, whatever it looks like. */
    static boolean looksNumeric(String text) {
        return NUMERIC_LABEL.matcher(text.substring(text.lastIndexOf('.') + 1)).matches();
    }

    private static int @Nullable [] groups(String text) {
        String v6 = withoutEmbeddedV4(text);
        int gap = v6.indexOf("::");
        if (gap >= 0 && v6.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        String[] head = split(gap < 0 ? v6 : v6.substring(0, gap));
        String[] tail = gap < 0 ? new String[0] : split(v6.substring(gap + 2));
        int given = head.length + tail.length;
        if (gap < 0 ? given != 8 : given > 7) {
            return null;
        }
        int[] groups = new int[8];
        for (int i = 0; i < given; i++) {
            String group = i < head.length ? head[i] : tail[i - head.length];
            if (!GROUP.matcher(group).matches()) {
                return null;
            }
            groups[i < head.length ? i : 8 - given + i] = Integer.parseInt(group, 16);
        }
        return groups;
    }

    private static String[] split(String part) {
        return part.isEmpty() ? new String[0] : part.split(":", -1);
    }

    private static String withoutEmbeddedV4(String text) {
        String last = text.substring(text.lastIndexOf(':') + 1);
        if (!V4.matcher(last).matches()) {
            return text;
        }
        String[] bytes = last.split("\\.");
        int high = Integer.parseInt(bytes[0]) << 8 | Integer.parseInt(bytes[1]);
        int low = Integer.parseInt(bytes[2]) << 8 | Integer.parseInt(bytes[3]);
        return text.substring(0, text.length() - last.length()) + Integer.toHexString(high) + ":"
                + Integer.toHexString(low);
    }
}
