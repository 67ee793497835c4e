package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.windows.Sid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/** Whom an access list allows anything, from its binary form (MS-DTYP 2.4.5). */
public final class AclTrustees {
    private static final int ACCESS_ALLOWED = 0;
    private static final Set<Integer> DENIES_OR_AUDITS =
            Set.of(1, 2, 3, 6, 7, 8, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21);

    private AclTrustees() {}

    /** What is not understood, or not whole, counts as open to Everyone. */
    public static Set<Sid> of(byte[] acl) {
        Set<Sid> trustees = new HashSet<>();
        try {
            ByteBuffer bytes = ByteBuffer.wrap(acl).order(ByteOrder.LITTLE_ENDIAN);
            int count = Short.toUnsignedInt(bytes.getShort(4));
            int at = 8;
            for (int i = 0; i < count; i++) {
                int type = Byte.toUnsignedInt(bytes.get(at));
                if (type == ACCESS_ALLOWED) {
                    trustees.add(Sid.read(acl, at + 8));
                } else if (!DENIES_OR_AUDITS.contains(type)) {
                    trustees.add(Sid.EVERYONE);
                }
                int size = Short.toUnsignedInt(bytes.getShort(at + 2));
                if (size < 8) {
                    throw new IllegalArgumentException("ACE: " + size + " bytes (expected: 8 or more)");
                }
                at += size;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            trustees.add(Sid.EVERYONE);
        }
        return trustees;
    }
}
