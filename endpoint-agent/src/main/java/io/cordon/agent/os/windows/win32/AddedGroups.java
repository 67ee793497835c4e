package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.launch.LaunchException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code TOKEN_GROUPS} that a logon is given; what it points to lives as long as this. */
final class AddedGroups {
    private static final String STAGE = "logon";
    private static final int ALWAYS_ON = TokenConstants.SE_GROUP_MANDATORY
            | TokenConstants.SE_GROUP_ENABLED_BY_DEFAULT
            | TokenConstants.SE_GROUP_ENABLED;
    private static final long LOGON_IDS = 5;

    private final List<Memory> sids = new ArrayList<>();
    private final List<Integer> attributes = new ArrayList<>();

    /** Each enabled, and not to be disabled. */
    AddedGroups(List<Sid> groups) {
        groups.forEach(sid -> add(sid, ALWAYS_ON));
    }

    private void add(Sid sid, int attribute) {
        byte[] bytes = sid.bytes();
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        sids.add(memory);
        attributes.add(attribute);
    }

    /** A SID of this logon session alone, as {@code LogonUserW} makes one: no other logon until the next start gets its number. */
    AddedGroups withLogonSid() throws LaunchException {
        Advapi32Tokens.LUID number = new Advapi32Tokens.LUID();
        if (!Advapi32Tokens.Library.ADVAPI32.AllocateLocallyUniqueId(number)) {
            throw Handles.failure(STAGE, "AllocateLocallyUniqueId");
        }
        add(
                new Sid(
                        5,
                        List.of(
                                LOGON_IDS,
                                Integer.toUnsignedLong(number.HighPart),
                                Integer.toUnsignedLong(number.LowPart))),
                ALWAYS_ON | TokenConstants.SE_GROUP_LOGON_ID);
        return this;
    }

    /** Null for none, which Windows takes from anybody. */
    @Nullable
    Pointer pointer() {
        if (sids.isEmpty()) {
            return null;
        }
        int size = new Advapi32Tokens.SID_AND_ATTRIBUTES().size();
        // The count, and what aligns the pointers after it.
        long first = Native.POINTER_SIZE;
        Memory all = new Memory(first + (long) size * sids.size());
        all.clear();
        all.setInt(0, sids.size());
        for (int i = 0; i < sids.size(); i++) {
            Advapi32Tokens.SID_AND_ATTRIBUTES entry =
                    new Advapi32Tokens.SID_AND_ATTRIBUTES(all.share(first + (long) i * size));
            entry.Sid = sids.get(i);
            entry.Attributes = attributes.get(i);
            entry.write();
        }
        return all;
    }
}
