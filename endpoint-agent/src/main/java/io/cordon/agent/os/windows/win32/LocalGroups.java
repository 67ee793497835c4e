package io.cordon.agent.os.windows.win32;

import static io.cordon.agent.os.windows.win32.NetapiAccounts.Library.NETAPI32;
import static io.cordon.agent.os.windows.win32.NetapiResults.names;
import static io.cordon.agent.os.windows.win32.NetapiResults.read;
import static io.cordon.agent.os.windows.win32.NetapiResults.require;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.AccountDatabase;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The local groups of this machine and who is in them. */
final class LocalGroups {
    /** Members of the local group of this machine, not through other groups. */
    private static final int DIRECT = 0;

    private LocalGroups() {}

    static Optional<AccountDatabase.LocalGroup> find(String name) throws IOException {
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
        return Optional.of(new AccountDatabase.LocalGroup(AccountNames.known(name), comment));
    }

    /** Those that the user is in directly. */
    static Set<Sid> of(String name) throws IOException {
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
            groups.add(AccountNames.known(group));
        }
        return groups;
    }

    static void create(String name, String comment) throws IOException {
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

    static void delete(String name) throws IOException {
        require(
                "NetLocalGroupDel(" + name + ")",
                NETAPI32.NetLocalGroupDel(null, new WString(name)),
                AccountConstants.NERR_GroupNotFound,
                AccountConstants.ERROR_NO_SUCH_ALIAS);
    }

    static void add(Sid group, Sid user) throws IOException {
        member(
                "NetLocalGroupAddMembers",
                group,
                user,
                NETAPI32::NetLocalGroupAddMembers,
                AccountConstants.ERROR_MEMBER_IN_ALIAS);
    }

    static void remove(Sid group, Sid user) throws IOException {
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
}
