package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A security descriptor (MS-DTYP 2.4.6).
 *
 * @param control bits as on the wire
 * @param dacl null when there is none, which allows everything to everybody; an empty one allows nothing
 */
public record SecurityDescriptor(
        int control,
        @Nullable Sid owner,
        @Nullable Sid group,
        @Nullable Acl sacl,
        @Nullable Acl dacl) {
    static final int DACL_PRESENT = 0x4;
    static final int SACL_PRESENT = 0x10;
    static final int DACL_AUTO_INHERIT_REQUEST = 0x100;
    static final int DACL_AUTO_INHERITED = 0x400;
    static final int DACL_PROTECTED = 0x1000;
    static final int SELF_RELATIVE = 0x8000;

    private static final int HEADER = 20;

    public SecurityDescriptor {
        control |= SELF_RELATIVE;
        if (dacl != null && (control & DACL_PRESENT) == 0 || sacl != null && (control & SACL_PRESENT) == 0) {
            throw new IllegalArgumentException("security descriptor: a list without its control bit");
        }
    }

    /** An owner and a list, protected from inheritance or not. */
    static SecurityDescriptor of(Sid owner, boolean isProtected, Acl dacl) {
        return new SecurityDescriptor(
                DACL_PRESENT | DACL_AUTO_INHERITED | (isProtected ? DACL_PROTECTED : 0), owner, owner, null, dacl);
    }

    /** Whether the list takes nothing from the parent. */
    boolean isProtected() {
        return (control & DACL_PROTECTED) != 0;
    }

    /** Whether there is no list at all, so that everybody may do everything. */
    boolean isOpen() {
        return dacl == null;
    }

    List<AclEntry> entries() {
        return dacl == null ? List.of() : dacl.entries();
    }

    /** Whether the list says that it was inherited into stays as it is. */
    SecurityDescriptor withDacl(Acl other, boolean protect) {
        int bits = control & ~DACL_PROTECTED | DACL_PRESENT | (protect ? DACL_PROTECTED : 0);
        return new SecurityDescriptor(bits, owner, group, sacl, other);
    }

    /**
     * This descriptor as it is handed to Windows to set the list alone. That the list was inherited into is kept only when asked
     * for (MS-DTYP 2.4.6, SE_DACL_AUTO_INHERIT_REQ).
     */
    public SecurityDescriptor toSet(Acl list, boolean protect) {
        int kept = control & DACL_AUTO_INHERITED;
        int bits = DACL_PRESENT | kept | (kept == 0 ? 0 : DACL_AUTO_INHERIT_REQUEST) | (protect ? DACL_PROTECTED : 0);
        return new SecurityDescriptor(bits, null, null, null, list);
    }

    SecurityDescriptor withOwner(Sid other) {
        return new SecurityDescriptor(control, other, group, sacl, dacl);
    }

    /**
     * Reads the self-relative form, whole or not at all.
     *
     * @throws IllegalArgumentException for anything that is not wholly a descriptor
     */
    public static SecurityDescriptor read(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != 1) {
            throw new IllegalArgumentException(
                    "security descriptor: " + bytes.length + " bytes (expected: revision 1, at least " + HEADER + ")");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int control = header.getShort(2) & 0xffff;
        if ((control & SELF_RELATIVE) == 0) {
            throw new IllegalArgumentException(
                    "security descriptor: control " + Integer.toHexString(control) + " (expected: self-relative)");
        }
        return new SecurityDescriptor(
                control,
                sid(bytes, header.getInt(4)),
                sid(bytes, header.getInt(8)),
                (control & SACL_PRESENT) == 0 ? null : acl(bytes, header.getInt(12)),
                (control & DACL_PRESENT) == 0 ? null : acl(bytes, header.getInt(16)));
    }

    private static @Nullable Sid sid(byte[] bytes, int offset) {
        return offset == 0 ? null : Sid.read(bytes, beyondHeader(offset));
    }

    private static @Nullable Acl acl(byte[] bytes, int offset) {
        return offset == 0 ? null : Acl.read(bytes, beyondHeader(offset));
    }

    private static int beyondHeader(int offset) {
        if (offset < HEADER) {
            throw new IllegalArgumentException(
                    "security descriptor: part at " + offset + " (expected: >= " + HEADER + ")");
        }
        return offset;
    }

    /** The self-relative form. */
    public byte[] bytes() {
        byte[][] parts = {
            owner == null ? new byte[0] : owner.bytes(),
            group == null ? new byte[0] : group.bytes(),
            sacl == null ? new byte[0] : sacl.bytes(),
            dacl == null ? new byte[0] : dacl.bytes()
        };
        int size = HEADER;
        for (byte[] part : parts) {
            size += part.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 1).put((byte) 0).putShort((short) control);
        int at = HEADER;
        for (byte[] part : parts) {
            bytes.putInt(part.length == 0 ? 0 : at);
            at += part.length;
        }
        for (byte[] part : parts) {
            bytes.put(part);
        }
        return bytes.array();
    }
}
