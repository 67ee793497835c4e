package io.cordon.agent.os.windows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A security identifier (MS-DTYP 2.4.2), always revision 1.
 *
 * @param authority 48-bit identifier authority
 * @param subAuthorities 1 to 15 unsigned 32-bit values
 */
public record Sid(long authority, List<Long> subAuthorities) {
    private static final int MAX_SUB_AUTHORITIES = 15;
    private static final long MAX_AUTHORITY = (1L << 48) - 1;
    private static final long MAX_SUB_AUTHORITY = (1L << 32) - 1;
    private static final Pattern TEXT =
            Pattern.compile("S-1-(0x[0-9A-Fa-f]{1,12}|[0-9]{1,15})((?:-[0-9]{1,10}){1,15})");

    // After what parsing needs: a class is initialised in the order of its text.
    public static final Sid EVERYONE = parse("S-1-1-0");
    public static final Sid CREATOR_OWNER = parse("S-1-3-0");
    public static final Sid OWNER_RIGHTS = parse("S-1-3-4");
    public static final Sid LOCAL_SYSTEM = parse("S-1-5-18");
    public static final Sid ADMINISTRATORS = parse("S-1-5-32-544");
    public static final Sid USERS = parse("S-1-5-32-545");
    public static final Sid AUTHENTICATED_USERS = parse("S-1-5-11");

    public Sid {
        subAuthorities = List.copyOf(subAuthorities);
        if (authority < 0 || authority > MAX_AUTHORITY) {
            throw new IllegalArgumentException("SID authority: " + authority + " (expected: 0.." + MAX_AUTHORITY + ")");
        }
        if (subAuthorities.isEmpty() || subAuthorities.size() > MAX_SUB_AUTHORITIES) {
            throw new IllegalArgumentException(
                    "SID sub-authorities: " + subAuthorities.size() + " (expected: 1.." + MAX_SUB_AUTHORITIES + ")");
        }
        for (long each : subAuthorities) {
            if (each < 0 || each > MAX_SUB_AUTHORITY) {
                throw new IllegalArgumentException(
                        "SID sub-authority: " + each + " (expected: 0.." + MAX_SUB_AUTHORITY + ")");
            }
        }
    }

    /**
     * Reads {@code S-1-…}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Sid parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("SID: " + text + " (expected: S-1-AUTHORITY-SUB…)");
        }
        long authority = Long.decode(match.group(1).startsWith("0x") ? match.group(1) : stripZeros(match.group(1)));
        List<Long> subs = new ArrayList<>();
        for (String each : match.group(2).substring(1).split("-")) {
            subs.add(Long.parseLong(each));
        }
        return new Sid(authority, subs);
    }

    /** {@link Long#decode} takes a leading zero for octal. */
    private static String stripZeros(String digits) {
        return digits.replaceFirst("^0+(?=.)", "");
    }

    /**
     * Reads the binary form: revision, count, authority big-endian, sub-authorities little-endian. Bytes after it are left alone.
     *
     * @throws IllegalArgumentException when it is not a whole SID
     */
    public static Sid read(byte[] bytes, int offset) {
        if (offset < 0 || bytes.length - offset < 8 || bytes[offset] != 1) {
            throw new IllegalArgumentException("SID: not revision 1, or cut off");
        }
        int count = bytes[offset + 1] & 0xff;
        if (count < 1 || count > MAX_SUB_AUTHORITIES || bytes.length - offset < 8 + 4 * count) {
            throw new IllegalArgumentException("SID: " + count + " sub-authorities do not fit");
        }
        long authority = 0;
        for (int i = 2; i < 8; i++) {
            authority = authority << 8 | bytes[offset + i] & 0xff;
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset + 8, 4 * count).order(ByteOrder.LITTLE_ENDIAN);
        List<Long> subs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            subs.add(Integer.toUnsignedLong(rest.getInt()));
        }
        return new Sid(authority, subs);
    }

    /** The binary form. */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * subAuthorities.size());
        bytes.put((byte) 1).put((byte) subAuthorities.size());
        for (int shift = 40; shift >= 0; shift -= 8) {
            bytes.put((byte) (authority >> shift));
        }
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        subAuthorities.forEach(each -> bytes.putInt(each.intValue()));
        return bytes.array();
    }

    /** As Windows writes it: an authority above 2^32 in hexadecimal. */
    @Override
    public String toString() {
        String top = authority > MAX_SUB_AUTHORITY ? String.format("0x%012x", authority) : Long.toString(authority);
        return subAuthorities.stream()
                .map(each -> Long.toString(each))
                .collect(Collectors.joining("-", "S-1-" + top + "-", ""));
    }
}
