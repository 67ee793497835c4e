package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.launch.Attestation;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.TokenPlan;
import java.util.ArrayList;
import java.util.List;

/** Reading tokens, and making restricted ones. */
final class Tokens {
    private static final String STAGE = "token";
    private static final Advapi32Tokens ADVAPI32 = Advapi32Tokens.Library.ADVAPI32;

    private Tokens() {}

    /** A group of a token. */
    record Group(Sid sid, int attributes) {
        boolean isEnabled() {
            return (attributes & TokenConstants.SE_GROUP_ENABLED) != 0
                    && (attributes & TokenConstants.SE_GROUP_USE_FOR_DENY_ONLY) == 0;
        }

        boolean isLogonId() {
            return (attributes & TokenConstants.SE_GROUP_LOGON_ID) == TokenConstants.SE_GROUP_LOGON_ID;
        }
    }

    private static Memory information(HANDLE token, int informationClass) throws LaunchException {
        IntByReference size = new IntByReference();
        ADVAPI32.GetTokenInformation(token, informationClass, null, 0, size);
        Memory memory = new Memory(Math.max(size.getValue(), 64));
        memory.clear();
        if (!ADVAPI32.GetTokenInformation(token, informationClass, memory, (int) memory.size(), size)) {
            throw Handles.failure(STAGE, "GetTokenInformation(" + informationClass + ")");
        }
        return memory;
    }

    private static Sid sid(Pointer sid) {
        int count = sid.getByte(1) & 0xff;
        return Sid.read(sid.getByteArray(0, 8 + 4 * count), 0);
    }

    static Sid user(HANDLE token) throws LaunchException {
        Memory memory = information(token, TokenConstants.TokenUser);
        return sid(new Advapi32Tokens.SID_AND_ATTRIBUTES(memory).Sid);
    }

    static List<Group> groups(HANDLE token) throws LaunchException {
        return groups(token, TokenConstants.TokenGroups);
    }

    static List<Group> restricting(HANDLE token) throws LaunchException {
        return groups(token, TokenConstants.TokenRestrictedSids);
    }

    private static List<Group> groups(HANDLE token, int informationClass) throws LaunchException {
        return groups(information(token, informationClass));
    }

    /** @param memory a {@code TOKEN_GROUPS} */
    static List<Group> groups(Pointer memory) {
        Advapi32Tokens.TOKEN_GROUPS head = new Advapi32Tokens.TOKEN_GROUPS(memory);
        List<Group> groups = new ArrayList<>();
        int size = head.Groups[0].size();
        long first = head.size() - size;
        for (int i = 0; i < head.GroupCount; i++) {
            var group = new Advapi32Tokens.SID_AND_ATTRIBUTES(memory.share(first + (long) i * size));
            groups.add(new Group(sid(group.Sid), group.Attributes));
        }
        return groups;
    }

    static Advapi32Tokens.TOKEN_STATISTICS statistics(HANDLE token) throws LaunchException {
        return new Advapi32Tokens.TOKEN_STATISTICS(information(token, TokenConstants.TokenStatistics));
    }

    /** The SID of the logon session, which no other token has. */
    static Sid logonSid(HANDLE token) throws LaunchException {
        return groups(token).stream()
                .filter(Group::isLogonId)
                .map(Group::sid)
                .findFirst()
                .orElseThrow(() -> new LaunchException(STAGE, "the token of the logon has no logon SID"));
    }

    /** @param group of the sandbox accounts */
    static Attestation.Token attested(HANDLE token, Sid group) throws LaunchException {
        Advapi32Tokens.LUID logon = statistics(token).AuthenticationId;
        return new Attestation.Token(
                user(token),
                groups(token).stream().filter(Group::isEnabled).map(Group::sid).toList(),
                (long) logon.HighPart << 32 | Integer.toUnsignedLong(logon.LowPart),
                information(token, TokenConstants.TokenSessionId).getInt(0),
                isMember(token, group));
    }

    /** By Windows' own check, which knows restricted and deny-only groups. */
    private static boolean isMember(HANDLE token, Sid group) throws LaunchException {
        HANDLEByReference duplicate = new HANDLEByReference();
        if (!Advapi32.INSTANCE.DuplicateToken(token, TokenConstants.SecurityIdentification, duplicate)) {
            throw Handles.failure(STAGE, "DuplicateToken");
        }
        try (Handles.Owned checked = Handles.Owned.of(duplicate)) {
            Memory sid = memory(group);
            IntByReference member = new IntByReference();
            if (!ADVAPI32.CheckTokenMembership(checked.get(), sid, member)) {
                throw Handles.failure(STAGE, "CheckTokenMembership");
            }
            return member.getValue() != 0;
        }
    }

    private static Memory memory(Sid sid) {
        byte[] bytes = sid.bytes();
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    /** Makes the token of a run out of that of its logon. */
    static Handles.Owned restricted(HANDLE logon, TokenPlan plan) throws LaunchException {
        int count = plan.restricting().size();
        Advapi32Tokens.SID_AND_ATTRIBUTES[] entries =
                (Advapi32Tokens.SID_AND_ATTRIBUTES[]) new Advapi32Tokens.SID_AND_ATTRIBUTES().toArray(count);
        List<Memory> kept = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Memory sid = memory(plan.restricting().get(i));
            kept.add(sid);
            entries[i].Sid = sid;
            entries[i].write();
        }
        HANDLEByReference made = new HANDLEByReference();
        int flags = TokenConstants.DISABLE_MAX_PRIVILEGE | TokenConstants.LUA_TOKEN | TokenConstants.WRITE_RESTRICTED;
        if (!ADVAPI32.CreateRestrictedToken(logon, flags, 0, null, 0, null, count, entries[0].getPointer(), made)) {
            throw Handles.failure(STAGE, "CreateRestrictedToken with " + kept.size() + " restricting SIDs");
        }
        Handles.Owned token = Handles.Owned.of(made);
        try {
            setDefaultDacl(token.get(), plan.defaultDacl());
            enableTraversal(token.get());
            return token;
        } catch (LaunchException e) {
            token.close();
            throw e;
        }
    }

    private static void setDefaultDacl(HANDLE token, String sddl) throws LaunchException {
        try (SecurityAttributes descriptor = SecurityAttributes.of(sddl)) {
            Advapi32Tokens.TOKEN_DEFAULT_DACL dacl = new Advapi32Tokens.TOKEN_DEFAULT_DACL();
            dacl.DefaultDacl = descriptor.dacl();
            dacl.write();
            if (!ADVAPI32.SetTokenInformation(token, TokenConstants.TokenDefaultDacl, dacl.getPointer(), dacl.size())) {
                throw Handles.failure(STAGE, "SetTokenInformation(TokenDefaultDacl)");
            }
        }
    }

    /** The default access list of a token, in its binary form. */
    static byte[] defaultDacl(HANDLE token) throws LaunchException {
        Memory memory = information(token, TokenConstants.TokenDefaultDacl);
        Pointer acl = memory.getPointer(0);
        return acl.getByteArray(0, acl.getShort(2) & 0xffff);
    }

    /** Without it every folder on the way to a file would have to be open to the account. */
    private static void enableTraversal(HANDLE token) throws LaunchException {
        Advapi32Tokens.LUID traversal = new Advapi32Tokens.LUID();
        if (!ADVAPI32.LookupPrivilegeValueW(null, new WString(TokenConstants.SE_CHANGE_NOTIFY_NAME), traversal)) {
            throw Handles.failure(STAGE, "LookupPrivilegeValueW(" + TokenConstants.SE_CHANGE_NOTIFY_NAME + ")");
        }
        Advapi32Tokens.TOKEN_PRIVILEGES privileges = new Advapi32Tokens.TOKEN_PRIVILEGES();
        privileges.PrivilegeCount = 1;
        privileges.Privileges[0] = new Advapi32Tokens.LUID_AND_ATTRIBUTES();
        privileges.Privileges[0].Luid = traversal;
        privileges.Privileges[0].Attributes = TokenConstants.SE_PRIVILEGE_ENABLED;
        boolean adjusted = ADVAPI32.AdjustTokenPrivileges(token, false, privileges, 0, null, null);
        int error = Native.getLastError();
        // It succeeds also when the token does not hold the privilege; only the error tells.
        if (!adjusted || error == TokenConstants.ERROR_NOT_ALL_ASSIGNED) {
            throw Handles.failure(STAGE, "AdjustTokenPrivileges(" + TokenConstants.SE_CHANGE_NOTIFY_NAME + ")", error);
        }
    }
}
