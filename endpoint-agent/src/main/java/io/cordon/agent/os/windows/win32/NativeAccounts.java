package io.cordon.agent.os.windows.win32;

import static io.cordon.agent.os.windows.win32.NetapiAccounts.Library.NETAPI32;
import static io.cordon.agent.os.windows.win32.NetapiResults.names;
import static io.cordon.agent.os.windows.win32.NetapiResults.read;
import static io.cordon.agent.os.windows.win32.NetapiResults.require;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.AccountDatabase;
import io.cordon.agent.os.windows.accounts.LockoutPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The local account database and the rights beside it. */
public final class NativeAccounts implements AccountDatabase {
    @Override
    public Optional<LocalGroup> group(String name) throws IOException {
        return LocalGroups.find(name);
    }

    @Override
    public void createGroup(String name, String comment) throws IOException {
        LocalGroups.create(name, comment);
    }

    @Override
    public void deleteGroup(String name) throws IOException {
        LocalGroups.delete(name);
    }

    @Override
    public void addMember(Sid group, Sid user) throws IOException {
        LocalGroups.add(group, user);
    }

    @Override
    public void removeMember(Sid group, Sid user) throws IOException {
        LocalGroups.remove(group, user);
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
        return Optional.of(
                new LocalUser(AccountNames.known(name), found.comment(), found.flags(), LocalGroups.of(name)));
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
