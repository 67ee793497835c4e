package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * An access control list (MS-DTYP 2.4.5).
 *
 * @param revision 2, or 4 when it holds object entries
 */
public record Acl(int revision, List<AclEntry> entries) {
    static final int HEADER = 8;
    /** The size field has 16 bits. */
    static final int MAX_SIZE = 0xFFFC;

    public Acl {
        entries = List.copyOf(entries);
        if (revision < 2 || revision > 4) {
            throw new IllegalArgumentException("ACL revision: " + revision + " (expected: 2..4)");
        }
        int size = HEADER + entries.stream().mapToInt(AclEntry::size).sum();
        if (size > MAX_SIZE) {
            throw new IllegalArgumentException("ACL: " + size + " bytes (expected: <= " + MAX_SIZE + ")");
        }
    }

    static Acl of(AclEntry... entries) {
        return new Acl(2, Arrays.asList(entries));
    }

    /** Entries that are set on the object itself. */
    Stream<AclEntry> explicit() {
        return entries.stream().filter(entry -> !entry.inherited());
    }

    int size() {
        return HEADER + entries.stream().mapToInt(AclEntry::size).sum();
    }

    /**
     * Reads a list that lies wholly between the offset and the end of the bytes.
     *
     * @throws IllegalArgumentException when it is not whole
     */
    static Acl read(byte[] bytes, int offset) {
        if (offset < 0 || bytes.length - offset < HEADER) {
            throw new IllegalArgumentException("ACL at " + offset + ": cut off (length " + bytes.length + ")");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, offset, HEADER).order(ByteOrder.LITTLE_ENDIAN);
        int revision = header.get() & 0xff;
        header.get();
        int size = header.getShort() & 0xffff;
        int count = header.getShort() & 0xffff;
        if (size < HEADER || size > bytes.length - offset) {
            throw new IllegalArgumentException("ACL at " + offset + ": size " + size + " does not fit");
        }
        List<AclEntry> entries = new ArrayList<>();
        int at = offset + HEADER;
        int end = offset + size;
        for (int i = 0; i < count; i++) {
            AclEntry entry = readEntry(bytes, at, end);
            entries.add(entry);
            // The size in the header, not our own: unknown bytes may follow the SID.
            at += entrySize(bytes, at, end);
        }
        return new Acl(revision, entries);
    }

    private static int entrySize(byte[] bytes, int at, int end) {
        if (end - at < 4) {
            throw new IllegalArgumentException("ACE at " + at + ": cut off (list ends at " + end + ")");
        }
        int size = bytes[at + 2] & 0xff | (bytes[at + 3] & 0xff) << 8;
        if (size < 4 || size > end - at || size % 4 != 0) {
            throw new IllegalArgumentException("ACE at " + at + ": size " + size + " does not fit");
        }
        return size;
    }

    private static AclEntry readEntry(byte[] bytes, int at, int end) {
        int size = entrySize(bytes, at, end);
        int type = bytes[at] & 0xff;
        int flags = bytes[at + 1] & 0xff;
        if (type != Ace.ALLOW_TYPE && type != Ace.DENY_TYPE) {
            return new OpaqueAce(type, flags, HexFormat.of().formatHex(bytes, at + 4, at + size));
        }
        if (size < 16) {
            throw new IllegalArgumentException("ACE at " + at + ": size " + size + " (expected: >= 16)");
        }
        int mask =
                ByteBuffer.wrap(bytes, at + 4, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
        Sid sid = Sid.read(Arrays.copyOfRange(bytes, at + 8, at + size), 0);
        return new Ace(type == Ace.ALLOW_TYPE, flags, mask, sid);
    }

    /** The binary form. */
    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) revision)
                .put((byte) 0)
                .putShort((short) size())
                .putShort((short) entries.size())
                .putShort((short) 0);
        entries.forEach(entry -> entry.write(bytes));
        return bytes.array();
    }
}
