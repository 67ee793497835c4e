package io.cordon.agent.os.windows.access;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * An entry of another kind (conditional, audit, object): not ours to understand, kept byte for byte.
 *
 * @param body what follows the header, in hexadecimal
 */
public record OpaqueAce(int type, int flags, String body) implements AclEntry {
    @Override
    public OpaqueAce withFlags(int other) {
        return new OpaqueAce(type, other, body);
    }

    @Override
    public int size() {
        return 4 + body.length() / 2;
    }

    @Override
    public void write(ByteBuffer little) {
        little.put((byte) type).put((byte) flags).putShort((short) size());
        little.put(HexFormat.of().parseHex(body));
    }
}
