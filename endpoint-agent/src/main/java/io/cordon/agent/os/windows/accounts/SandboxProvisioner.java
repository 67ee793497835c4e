package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.Change;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.windows.Registry;
import io.cordon.agent.os.windows.RegistryValue;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the sandbox accounts and keeps them as they should be. New accounts are disabled; {@link SandboxCredentials} enables them
 * once the network fence is in place. Each thing made is in the ledger before, with a random mark that its description then
 * bears, so that what a killed run left is told apart from what somebody else made under the same name.
 */
public final class SandboxProvisioner {
    /** Plans that change something before the last, which changes nothing: make, correct, and once more for what resisted. */
    private static final int ROUNDS = 3;

    private final AccountDatabase accounts;
    private final Registry registry;
    private final Ledger ledger;
    private final SecureRandom random;

    /** The accounts and what was changed, or why they cannot be had. */
    public sealed interface Result {
        /** @param changed one line each; empty when all was well */
        record Ready(SandboxSids sids, List<String> changed) implements Result {
            public Ready {
                changed = List.copyOf(changed);
            }
        }

        /** A name is taken, or something undoes our changes; the message says what to do. */
        record Refused(String message) implements Result {}
    }

    public SandboxProvisioner(AccountDatabase accounts, Registry registry, Ledger ledger, SecureRandom random) {
        this.accounts = accounts;
        this.registry = registry;
        this.ledger = ledger;
        this.random = random;
    }

    /**
     * Makes the accounts what they should be, changing only what differs.
     *
     * @throws IOException when Windows refuses; doing it again goes on where it stopped
     */
    public Result provision() throws IOException {
        List<String> changed = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            AccountPlan.Actual actual = actual();
            AccountRecords records = AccountRecords.of(ledger);
            AccountPlan plan = AccountPlan.of(actual, records.marks(), records.sids(), mark());
            if (plan instanceof AccountPlan.Foreign foreign) {
                return new Result.Refused(foreign.message());
            }
            recordSids(actual, records);
            List<AccountStep> steps = ((AccountPlan.Steps) plan).steps();
            if (steps.isEmpty()) {
                return new Result.Ready(sids(actual), changed);
            }
            for (AccountStep step : steps) {
                take(step, records);
                changed.add(step.toString());
            }
        }
        return new Result.Refused("the sandbox accounts do not stay as Cordon sets them: " + changed
                + ". Something else on this computer, for example a group policy, changes them back; exempt "
                + SandboxAccount.GROUP + " from it");
    }

    /** The identities as they are, without changing anything; empty while not all of them exist and are this installation's. */
    public Optional<SandboxSids> known() throws IOException {
        AccountPlan.Actual actual = actual();
        boolean all = actual.group().isPresent() && actual.users().size() == SandboxAccount.values().length;
        AccountRecords records = AccountRecords.of(ledger);
        boolean ours =
                !(AccountPlan.of(actual, records.marks(), records.sids(), mark()) instanceof AccountPlan.Foreign);
        return all && ours ? Optional.of(sids(actual)) : Optional.empty();
    }

    private AccountPlan.Actual actual() throws IOException {
        Map<SandboxAccount, AccountDatabase.LocalUser> users = new EnumMap<>(SandboxAccount.class);
        Map<SandboxAccount, Set<String>> rights = new EnumMap<>(SandboxAccount.class);
        Set<SandboxAccount> hidden = EnumSet.noneOf(SandboxAccount.class);
        for (SandboxAccount each : SandboxAccount.values()) {
            Optional<AccountDatabase.LocalUser> user = accounts.user(each.accountName());
            if (user.isPresent()) {
                users.put(each, user.get());
                rights.put(each, accounts.rights(user.get().sid()));
            }
            if (registry.number(WantedAccounts.HIDDEN_KEY, each.accountName()).equals(Optional.of(0))) {
                hidden.add(each);
            }
        }
        return new AccountPlan.Actual(accounts.group(SandboxAccount.GROUP), users, rights, hidden);
    }

    /** Rights and profiles go by SID, and must be found again even when somebody deleted the account. */
    private void recordSids(AccountPlan.Actual actual, AccountRecords records) throws IOException {
        for (Map.Entry<SandboxAccount, AccountDatabase.LocalUser> each :
                actual.users().entrySet()) {
            String name = each.getKey().accountName();
            if (!records.sids().containsKey(name)) {
                ledger.done(
                        ledger.intend(AccountRecords.sid(name, each.getValue().sid())));
            }
        }
    }

    private SandboxSids sids(AccountPlan.Actual actual) {
        Map<SandboxAccount, Sid> sids = new EnumMap<>(SandboxAccount.class);
        actual.users().forEach((account, user) -> sids.put(account, user.sid()));
        return new SandboxSids(actual.group().orElseThrow().sid(), sids);
    }

    private String mark() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void take(AccountStep step, AccountRecords records) throws IOException {
        if (step instanceof AccountStep.CreateGroup create) {
            recorded(
                    records.marks().containsKey(SandboxAccount.GROUP),
                    AccountRecords.group(SandboxAccount.GROUP, create.mark()),
                    () -> accounts.createGroup(SandboxAccount.GROUP, WantedAccounts.groupComment(create.mark())));
        } else if (step instanceof AccountStep.CreateUser create) {
            createUser(create, records);
        } else if (step instanceof AccountStep.SetFlags set) {
            accounts.setFlags(set.account().accountName(), set.flags());
        } else if (step instanceof AccountStep.Join join) {
            accounts.addMember(join.group(), join.user());
        } else if (step instanceof AccountStep.Leave leave) {
            accounts.removeMember(leave.group(), leave.user());
        } else if (step instanceof AccountStep.Grant grant) {
            accounts.grant(grant.user(), grant.right());
        } else if (step instanceof AccountStep.Revoke revoke) {
            accounts.revoke(revoke.user(), revoke.right());
        } else if (step instanceof AccountStep.Hide hide) {
            hide(hide.account(), records);
        }
    }

    private void createUser(AccountStep.CreateUser create, AccountRecords records) throws IOException {
        String name = create.account().accountName();
        if (records.sids().containsKey(name)) {
            // Somebody deleted the account; the new one will have another SID, and the old one's rights would be left.
            forget(name, records);
        }
        char[] password = Passwords.random(random);
        try {
            recorded(
                    records.marks().containsKey(name),
                    AccountRecords.user(name, create.mark()),
                    () -> accounts.createUser(
                            name,
                            WantedAccounts.comment(create.account(), create.mark()),
                            password,
                            WantedAccounts.flags(false)));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private void forget(String name, AccountRecords records) throws IOException {
        for (Ledger.Entry each : records.entries()) {
            if (AccountRecords.isSidOf(each.change(), name)) {
                new AccountRemoval(accounts, registry).undo(each.change());
                ledger.undone(each.id());
            }
        }
    }

    private void hide(SandboxAccount account, AccountRecords records) throws IOException {
        String name = account.accountName();
        Optional<RegistryValue> before = registry.read(WantedAccounts.HIDDEN_KEY, name);
        recorded(
                records.hidden().contains(name),
                AccountRecords.hidden(
                        name, before.map(RegistryValue::text), registry.exists(WantedAccounts.HIDDEN_KEY)),
                () -> registry.write(WantedAccounts.HIDDEN_KEY, name, new RegistryValue.Number(0)));
    }

    @FunctionalInterface
    private interface Action {
        void take() throws IOException;
    }

    private void recorded(boolean already, Change change, Action action) throws IOException {
        if (already) {
            action.take();
            return;
        }
        long id = ledger.intend(change);
        action.take();
        ledger.done(id);
    }

    /**
     * Takes back everything the ledger has about accounts, newest first: what shows on the logon screen, rights, profiles,
     * users, group. Call when nothing runs as them.
     *
     * @return one line each
     */
    public List<String> undo() throws IOException {
        List<String> undone = new ArrayList<>();
        AccountRemoval removal = new AccountRemoval(accounts, registry);
        for (Ledger.Entry each : AccountRecords.of(ledger).entries()) {
            undone.add(removal.undo(each.change()));
            ledger.undone(each.id());
        }
        return undone;
    }
}
