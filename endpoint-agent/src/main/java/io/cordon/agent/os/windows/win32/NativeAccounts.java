package io.cordon.agent.os.windows.win32;

import static io.cordon.agent.os.windows.win32.NetapiAccounts.Library.NETAPI32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.AccountDatabase;
import io.cordon.agent.os.windows.accounts.LockoutPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The local account database and the rights beside it. */
public final class NativeAccounts implements AccountDatabase {
    /** Members of the local group of this machine, not through other groups. */
    private static final int DIRECT = 0;

    private static void require(String call, int error, int... tolerated) throws IOException {
        for (int each : tolerated) {
            if (error == each) {
                return;
            }
        }
        if (error != AccountConstants.NERR_Success) {
            throw Failure.of(call, error);
        }
    }

    @FunctionalInterface
    private interface Read<T> {
        T from(Pointer buffer) throws IOException;
    }

    private static <T> T read(PointerByReference buffer, Read<T> read) throws IOException {
        try {
            return read.from(buffer.getValue());
        } finally {
            NETAPI32.NetApiBufferFree(buffer.getValue());
        }
    }

    private static Sid sidOf(String name) throws IOException {
        return AccountNames.sid(name)
                .orElseThrow(() -> new IOException("account " + name + ": is there, but has no SID yet"));
    }

    @Override
    public Optional<LocalGroup> group(String name) throws IOException {
        PointerByReference buffer = new PointerByReference();
        int error = NETAPI32.NetLocalGroupGetInfo(null, new WString(name), 1, buffer);
        if (error == AccountConstants.NERR_GroupNotFound || error == AccountConstants.ERROR_NO_SUCH_ALIAS) {
            return Optional.empty();
        }
        require("NetLocalGroupGetInfo(" + name + ")", error);
        String comment = read(buffer, memory -> {
            var info = new NetapiAccounts.LOCALGROUP_INFO_1(memory);
            info.read();
            return WideText.read(info.lgrpi1_comment);
        });
        return Optional.of(new LocalGroup(sidOf(name), comment));
    }

    @Override
    public Optional<LocalUser> user(String name) throws IOException {
        PointerByReference buffer = new PointerByReference();
        int error = NETAPI32.NetUserGetInfo(null, new WString(name), 1, buffer);
        if (error == AccountConstants.NERR_UserNotFound) {
            return Optional.empty();
        }
        require("NetUserGetInfo(" + name + ")", error);
        record Found(String comment, int flags) {}
        Found found = read(buffer, memory -> {
            var info = new NetapiAccounts.USER_INFO_1(memory);
            info.read();
            return new Found(WideText.read(info.usri1_comment), info.usri1_flags);
        });
        return Optional.of(new LocalUser(sidOf(name), found.comment(), found.flags(), groupsOf(name)));
    }

    private static Set<Sid> groupsOf(String name) throws IOException {
        PointerByReference buffer = new PointerByReference();
        IntByReference count = new IntByReference();
        require(
                "NetUserGetLocalGroups(" + name + ")",
                NETAPI32.NetUserGetLocalGroups(
                        null,
                        new WString(name),
                        0,
                        DIRECT,
                        buffer,
                        AccountConstants.MAX_PREFERRED_LENGTH,
                        count,
                        new IntByReference()));
        Set<Sid> groups = new HashSet<>();
        for (String group : read(buffer, memory -> names(memory, count.getValue()))) {
            groups.add(sidOf(group));
        }
        return groups;
    }

    /** Structures of one pointer to a name each. */
    private static List<String> names(Pointer memory, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(memory.getPointer((long) i * Native.POINTER_SIZE).getWideString(0));
        }
        return names;
    }

    @Override
    public void createGroup(String name, String comment) throws IOException {
        try (Memory wideName = WideText.of(name);
                Memory wideComment = WideText.of(comment)) {
            var info = new NetapiAccounts.LOCALGROUP_INFO_1();
            info.lgrpi1_name = wideName;
            info.lgrpi1_comment = wideComment;
            info.write();
            require(
                    "NetLocalGroupAdd(" + name + ")",
                    NETAPI32.NetLocalGroupAdd(null, 1, info.getPointer(), new IntByReference()),
                    AccountConstants.ERROR_ALIAS_EXISTS,
                    AccountConstants.NERR_GroupExists);
        }
    }

    @Override
    public void deleteGroup(String name) throws IOException {
        require(
                "NetLocalGroupDel(" + name + ")",
                NETAPI32.NetLocalGroupDel(null, new WString(name)),
                AccountConstants.NERR_GroupNotFound,
                AccountConstants.ERROR_NO_SUCH_ALIAS);
    }

    @Override
    public void createUser(String name, String comment, char[] password, int flags) throws IOException {
        try (Memory wideName = WideText.of(name);
                Memory wideComment = WideText.of(comment);
                Secret secret = new Secret(password)) {
            var info = new NetapiAccounts.USER_INFO_1();
            info.usri1_name = wideName;
            info.usri1_password = secret.memory();
            info.usri1_priv = AccountConstants.USER_PRIV_USER;
            info.usri1_comment = wideComment;
            info.usri1_flags = flags;
            info.write();
            require("NetUserAdd(" + name + ")", NETAPI32.NetUserAdd(null, 1, info.getPointer(), new IntByReference()));
        }
    }

    @Override
    public void deleteUser(String name) throws IOException {
        require(
                "NetUserDel(" + name + ")",
                NETAPI32.NetUserDel(null, new WString(name)),
                AccountConstants.NERR_UserNotFound);
    }

    @Override
    public void setFlags(String name, int flags) throws IOException {
        var info = new NetapiAccounts.USER_INFO_1008();
        info.usri1008_flags = flags;
        info.write();
        require(
                "NetUserSetInfo(" + name + ", flags)",
                NETAPI32.NetUserSetInfo(null, new WString(name), 1008, info.getPointer(), new IntByReference()));
    }

    @Override
    public void setPassword(String name, char[] password) throws IOException {
        try (Secret secret = new Secret(password)) {
            var info = new NetapiAccounts.USER_INFO_1003();
            info.usri1003_password = secret.memory();
            info.write();
            require(
                    "NetUserSetInfo(" + name + ", password)",
                    NETAPI32.NetUserSetInfo(null, new WString(name), 1003, info.getPointer(), new IntByReference()));
        }
    }

    @Override
    public void addMember(Sid group, Sid user) throws IOException {
        member(
                "NetLocalGroupAddMembers",
                group,
                user,
                NETAPI32::NetLocalGroupAddMembers,
                AccountConstants.ERROR_MEMBER_IN_ALIAS);
    }

    @Override
    public void removeMember(Sid group, Sid user) throws IOException {
        member(
                "NetLocalGroupDelMembers",
                group,
                user,
                NETAPI32::NetLocalGroupDelMembers,
                AccountConstants.ERROR_MEMBER_NOT_IN_ALIAS);
    }

    @FunctionalInterface
    private interface MemberCall {
        int with(@Nullable WString server, WString group, int level, Pointer buffer, int count);
    }

    /** By the group's name in this Windows' language. */
    private static void member(String call, Sid group, Sid user, MemberCall function, int tolerated)
            throws IOException {
        String name = AccountNames.of(group)
                .orElseThrow(() -> new IOException("group " + group + ": has no name on this machine"))
                .name();
        try (Memory sid = AccountRights.sid(user)) {
            var info = new NetapiAccounts.LOCALGROUP_MEMBERS_INFO_0();
            info.lgrmi0_sid = sid;
            info.write();
            require(
                    call + "(" + name + ", " + user + ")",
                    function.with(null, new WString(name), 0, info.getPointer(), 1),
                    tolerated);
        }
    }

    @Override
    public Set<String> rights(Sid sid) throws IOException {
        return AccountRights.of(sid);
    }

    @Override
    public void grant(Sid sid, String right) throws IOException {
        AccountRights.grant(sid, right);
    }

    @Override
    public void revoke(Sid sid, String right) throws IOException {
        AccountRights.revoke(sid, right);
    }

    @Override
    public Set<Sid> holders(String right) throws IOException {
        return AccountRights.holders(right);
    }

    @Override
    public List<String> userNames() throws IOException {
        PointerByReference buffer = new PointerByReference();
        IntByReference count = new IntByReference();
        require(
                "NetUserEnum",
                NETAPI32.NetUserEnum(
                        null,
                        0,
                        AccountConstants.FILTER_NORMAL_ACCOUNT,
                        buffer,
                        AccountConstants.MAX_PREFERRED_LENGTH,
                        count,
                        new IntByReference(),
                        new IntByReference()));
        return read(buffer, memory -> names(memory, count.getValue()));
    }

    @Override
    public LockoutPolicy lockout() throws IOException {
        PointerByReference buffer = new PointerByReference();
        require("NetUserModalsGet(3)", NETAPI32.NetUserModalsGet(null, 3, buffer));
        return read(buffer, memory -> {
            var info = new NetapiAccounts.USER_MODALS_INFO_3(memory);
            info.read();
            return new LockoutPolicy(
                    info.usrmod3_lockout_threshold,
                    Duration.ofSeconds(Integer.toUnsignedLong(info.usrmod3_lockout_observation_window)));
        });
    }

    @Override
    public Optional<Integer> attributes(String folder) throws IOException {
        return FolderAttributes.of(folder);
    }

    @Override
    public void setAttributes(String folder, int attributes) throws IOException {
        FolderAttributes.set(folder, attributes);
    }

    @Override
    public void deleteProfile(Sid sid) throws IOException {
        if (UserenvProfiles.Library.USERENV.DeleteProfileW(new WString(sid.toString()), null, null) == 0) {
            int error = Native.getLastError();
            if (error != AccountConstants.ERROR_FILE_NOT_FOUND) {
                throw Failure.of("DeleteProfileW(" + sid + ")", error);
            }
        }
    }
}
