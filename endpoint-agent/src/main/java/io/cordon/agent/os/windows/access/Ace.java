package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.nio.ByteBuffer;

/**
 * An entry that allows or denies rights to a SID.
 *
 * @param flags of {@link AclEntry}
 * @param mask bits of {@link AccessMask}
 */
public record Ace(boolean allow, int flags, int mask, Sid sid) implements AclEntry {
    static final int ALLOW_TYPE = 0;
    static final int DENY_TYPE = 1;

    public Ace {
        if ((flags & ~0xff) != 0) {
            throw new IllegalArgumentException("ACE flags: " + flags + " (expected: 0..255)");
        }
    }

    static Ace allow(int flags, int mask, Sid sid) {
        return new Ace(true, flags, mask, sid);
    }

    static Ace deny(int flags, int mask, Sid sid) {
        return new Ace(false, flags, mask, sid);
    }

    @Override
    public int type() {
        return allow ? ALLOW_TYPE : DENY_TYPE;
    }

    @Override
    public Ace withFlags(int other) {
        return new Ace(allow, other, mask, sid);
    }

    @Override
    public int size() {
        return 16 + 4 * sid.subAuthorities().size();
    }

    @Override
    public void write(ByteBuffer little) {
        little.put((byte) type()).put((byte) flags).putShort((short) size()).putInt(mask);
        little.put(sid.bytes());
    }
}
