package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.windows.Sid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The little of a security descriptor (MS-DTYP 2.4.6) that WFP needs: a list of plain allow and deny entries, owned by SYSTEM.
 * It serves twice: as a condition, where being granted {@link #MATCH} means "this filter is about you", and as the guard of a
 * filter, where it says who may change it.
 *
 * @param entries in order; null for no list at all, which grants everything to everybody
 */
public record Descriptor(@Nullable List<Entry> entries) {
    /** FWP_ACTRL_MATCH_FILTER. */
    public static final int MATCH = 1;

    private static final int GENERIC_ALL = 0x10000000;
    private static final int SELF_RELATIVE = 0x8000;
    private static final int DACL_PROTECTED = 0x1000;
    private static final int DACL_PRESENT = 0x4;
    private static final int HEADER = 20;

    /** Only SYSTEM and Administrators may look at it, change or delete it; nothing is inherited. */
    public static final Descriptor GUARD = new Descriptor(
            List.of(new Entry(true, GENERIC_ALL, Sid.LOCAL_SYSTEM), new Entry(true, GENERIC_ALL, Sid.ADMINISTRATORS)));

    /** One entry: allow or deny. */
    public record Entry(boolean allow, int mask, Sid trustee) {}

    public Descriptor {
        entries = entries == null ? null : List.copyOf(entries);
    }

    /** Whether nobody but SYSTEM and Administrators is let in. Masks are not compared: Windows maps the generic ones. */
    public boolean isExclusive() {
        return entries != null
                && entries.stream()
                        .filter(Entry::allow)
                        .allMatch(entry -> entry.trustee().equals(Sid.LOCAL_SYSTEM)
                                || entry.trustee().equals(Sid.ADMINISTRATORS));
    }

    /** The self-relative form, with a protected list. */
    public byte[] bytes() {
        byte[] owner = Sid.LOCAL_SYSTEM.bytes();
        byte[] acl = entries == null ? new byte[0] : acl(entries);
        int daclAt = HEADER + 2 * owner.length;
        ByteBuffer out = ByteBuffer.allocate(daclAt + acl.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 1).put((byte) 0).putShort((short) (SELF_RELATIVE | DACL_PROTECTED | DACL_PRESENT));
        out.putInt(HEADER).putInt(HEADER + owner.length).putInt(0).putInt(entries == null ? 0 : daclAt);
        return out.put(owner).put(owner).put(acl).array();
    }

    private static byte[] acl(List<Entry> entries) {
        int size = 8 + entries.stream().mapToInt(Descriptor::size).sum();
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 2)
                .put((byte) 0)
                .putShort((short) size)
                .putShort((short) entries.size())
                .putShort((short) 0);
        for (Entry entry : entries) {
            out.put((byte) (entry.allow() ? 0 : 1)).put((byte) 0).putShort((short) size(entry));
            out.putInt(entry.mask()).put(entry.trustee().bytes());
        }
        return out.array();
    }

    private static int size(Entry entry) {
        return 8 + entry.trustee().bytes().length;
    }

    /**
     * Reads the self-relative form; the owner is left aside.
     *
     * @throws IllegalArgumentException when it is cut off or holds entries of another kind
     */
    public static Descriptor read(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int daclAt = in.getInt(16);
            boolean present = (in.getShort(2) & DACL_PRESENT) != 0;
            return new Descriptor(present && daclAt != 0 ? entries(in, daclAt) : null);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("security descriptor: cut off at " + bytes.length + " bytes", e);
        }
    }

    /**
     * Reads an access control list by itself.
     *
     * @throws IllegalArgumentException as {@link #read}
     */
    public static Descriptor readList(byte[] bytes) {
        try {
            return new Descriptor(entries(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0));
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("access control list: cut off at " + bytes.length + " bytes", e);
        }
    }

    private static List<Entry> entries(ByteBuffer in, int daclAt) {
        int count = in.getShort(daclAt + 4) & 0xffff;
        List<Entry> entries = new ArrayList<>();
        int at = daclAt + 8;
        for (int i = 0; i < count; i++) {
            int type = in.get(at);
            int size = in.getShort(at + 2) & 0xffff;
            if (type != 0 && type != 1 || size < 8) {
                throw new IllegalArgumentException(
                        "security descriptor: entry of type " + type + " (expected: 0 or 1)");
            }
            entries.add(new Entry(type == 0, in.getInt(at + 4), Sid.read(in.array(), at + 8)));
            at += size;
        }
        return entries;
    }
}
