package io.cordon.agent.os.windows.access;

import java.nio.ByteBuffer;

/** One entry of an access control list (MS-DTYP 2.4.4). */
public sealed interface AclEntry permits Ace, OpaqueAce {
    int OBJECT_INHERIT = 0x1;
    int CONTAINER_INHERIT = 0x2;
    int NO_PROPAGATE = 0x4;
    int INHERIT_ONLY = 0x8;
    int INHERITED = 0x10;

    int type();

    int flags();

    /** The same entry with other flags. */
    AclEntry withFlags(int flags);

    /** Length in bytes, header and all. */
    int size();

    void write(ByteBuffer little);

    /** Whether it came from the parent; such entries are the parent's affair and never compared. */
    default boolean inherited() {
        return (flags() & INHERITED) != 0;
    }
}
