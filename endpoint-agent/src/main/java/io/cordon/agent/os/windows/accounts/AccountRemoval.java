package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.Change;
import io.cordon.agent.os.windows.Registry;
import io.cordon.agent.os.windows.RegistryValue;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.util.Optional;

/** Takes single changes back. Something that no longer bears this installation's mark stays as it is. */
final class AccountRemoval {
    private final AccountDatabase accounts;
    private final Registry registry;

    AccountRemoval(AccountDatabase accounts, Registry registry) {
        this.accounts = accounts;
        this.registry = registry;
    }

    /** What became of it, one line. */
    String undo(Change change) throws IOException {
        String name = change.detail(AccountRecords.NAME);
        return switch (change.kind()) {
            case AccountRecords.GROUP -> group(name, change.detail(AccountRecords.MARK));
            case AccountRecords.USER -> user(name, change.detail(AccountRecords.MARK));
            case AccountRecords.SID -> sid(name, Sid.parse(change.detail("sid")));
            case AccountRecords.HIDDEN -> hidden(name, change);
            case AccountRecords.PROFILE -> profile(change.detail(AccountRecords.FOLDER), change);
            default ->
                throw new IllegalArgumentException(
                        "change: " + change.kind() + " (expected: one about sandbox accounts)");
        };
    }

    private String group(String name, String mark) throws IOException {
        Optional<AccountDatabase.LocalGroup> group = accounts.group(name);
        if (group.isPresent() && !WantedAccounts.bears(group.get().comment(), mark)) {
            return "kept group " + name + ": it is not this installation's";
        }
        accounts.deleteGroup(name);
        return "group " + name;
    }

    private String user(String name, String mark) throws IOException {
        Optional<AccountDatabase.LocalUser> user = accounts.user(name);
        if (user.isPresent() && !WantedAccounts.bears(user.get().comment(), mark)) {
            return "kept user " + name + ": it is not this installation's";
        }
        if (user.isPresent()) {
            for (Sid group : user.get().groups()) {
                accounts.removeMember(group, user.get().sid());
            }
        }
        accounts.deleteUser(name);
        return "user " + name;
    }

    private String sid(String name, Sid sid) throws IOException {
        accounts.deleteProfile(sid);
        for (String right : accounts.rights(sid)) {
            accounts.revoke(sid, right);
        }
        return "rights and profile of " + name + " (" + sid + ")";
    }

    /** Only what was set is taken off: the rest may have changed for other reasons. */
    private String profile(String folder, Change change) throws IOException {
        Optional<Integer> now = accounts.attributes(folder);
        int before = Integer.parseInt(change.detail(AccountRecords.BEFORE));
        if (now.isPresent()) {
            accounts.setAttributes(folder, now.get() & ~(ProfileHiding.HIDDEN & ~before));
        }
        return "hidden profile folder " + folder;
    }

    private String hidden(String name, Change change) throws IOException {
        String before = change.details().get(AccountRecords.BEFORE);
        if (before == null) {
            registry.deleteValue(WantedAccounts.HIDDEN_KEY, name);
        } else {
            registry.write(WantedAccounts.HIDDEN_KEY, name, RegistryValue.parse(before));
        }
        if (Boolean.parseBoolean(change.detail(AccountRecords.KEY_MADE))) {
            registry.deleteKeyIfEmpty(WantedAccounts.HIDDEN_KEY);
        }
        return "logon screen entry of " + name;
    }
}
