package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one object is to a run.
 *
 * @param capability of the root it belongs to; null where none matters
 * @param create whether it is made when it is missing, so that nobody else can
 */
record Wanted(String path, Role role, @Nullable Sid capability, boolean create) {
    private static final int TO_ALL = AclEntry.OBJECT_INHERIT | AclEntry.CONTAINER_INHERIT;

    /** In the order in which they are set: what closes before what opens. */
    enum Role {
        /** Neither read nor written, with everything below. */
        DENIED,
        /** Not written, with everything below. */
        PROTECTED,
        /** On the way to a closed path, or a root: stays where it is. Concerns the folder alone. */
        HELD,
        /** Above a root: its attributes can be read and it can be passed. Concerns the folder alone. */
        PASSAGE,
        /** A working directory that is no root: it can also be listed. Concerns the folder alone. */
        ENTERED,
        /** Written, with everything below. */
        ROOT;

        boolean closes() {
            return this == DENIED || this == PROTECTED;
        }
    }

    /** The entries this comes to, on a folder or on a file. */
    List<Ace> aces(Trustees trustees, boolean directory) {
        List<Ace> aces = new ArrayList<>();
        boolean both = trustees.form() == Trustees.TokenForm.RESTRICTING;
        int all = directory ? TO_ALL : 0;
        switch (role) {
            // Everything, not only FILE_GENERIC_READ: what must not be read must not be written either, an executable
            // can be
            // read by mapping it, and a handle need not ask for SYNCHRONIZE.
            case DENIED -> aces.add(Ace.deny(all, AccessMask.FILE_ALL_ACCESS, trustees.group()));
            case PROTECTED -> {
                aces.add(Ace.deny(all, AccessMask.ANY_WRITE, known()));
                if (both) {
                    aces.add(Ace.deny(all, AccessMask.REMOVE, trustees.group()));
                }
            }
            case HELD -> {
                aces.add(Ace.deny(0, AccessMask.REMOVE, known()));
                if (both) {
                    aces.add(Ace.deny(0, AccessMask.REMOVE, trustees.group()));
                }
            }
            case PASSAGE -> aces.add(Ace.allow(0, AccessMask.FILE_GENERIC_EXECUTE, trustees.group()));
            case ENTERED ->
                aces.add(
                        Ace.allow(0, AccessMask.FILE_GENERIC_READ | AccessMask.FILE_GENERIC_EXECUTE, trustees.group()));
            case ROOT -> {
                aces.add(Ace.allow(all, AccessMask.MODIFY, known()));
                if (both) {
                    aces.add(Ace.allow(all, AccessMask.MODIFY, trustees.group()));
                }
                // Who makes a file owns it, and an owner could change its entries but for this one. Not for the root
                // itself,
                // which is the developer's.
                aces.add(Ace.allow(all | AclEntry.INHERIT_ONLY, AccessMask.READ_CONTROL, Sid.OWNER_RIGHTS));
            }
        }
        return aces;
    }

    private Sid known() {
        if (capability == null) {
            throw new IllegalStateException(path + ": " + role + " without the capability of its root");
        }
        return capability;
    }
}
