package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to change so that the accounts are as they should be; nothing when they are. Steps that need the SID of something not yet
 * made follow in the next plan.
 */
sealed interface AccountPlan {
    /** In the order in which to take them; an empty list is the goal. */
    record Steps(List<AccountStep> steps) implements AccountPlan {
        public Steps {
            steps = List.copyOf(steps);
        }
    }

    /** A name is taken by something that is not this installation's; it is never changed. */
    record Foreign(String message) implements AccountPlan {}

    /**
     * What is there.
     *
     * @param rights by account that exists
     * @param hidden accounts that do not show on the logon screen
     */
    record Actual(
            Optional<AccountDatabase.LocalGroup> group,
            Map<SandboxAccount, AccountDatabase.LocalUser> users,
            Map<SandboxAccount, Set<String>> rights,
            Set<SandboxAccount> hidden) {}

    /**
     * @param marks by name, of what this installation has in its ledger
     * @param sids by name, that the ledger has for users already made
     * @param fresh a mark for what is made now
     */
    static AccountPlan of(Actual actual, Map<String, String> marks, Map<String, String> sids, String fresh) {
        Optional<String> foreign = foreign(actual, marks, sids);
        if (foreign.isPresent()) {
            return new Foreign(foreign.get());
        }
        List<AccountStep> steps = new ArrayList<>();
        if (actual.group().isEmpty()) {
            steps.add(new AccountStep.CreateGroup(marks.getOrDefault(SandboxAccount.GROUP, fresh)));
        }
        for (SandboxAccount account : SandboxAccount.values()) {
            AccountDatabase.LocalUser user = actual.users().get(account);
            if (user == null) {
                steps.add(new AccountStep.CreateUser(account, marks.getOrDefault(account.accountName(), fresh)));
            } else if (actual.group().isPresent()) {
                steps.addAll(correct(account, user, actual.group().get().sid(), actual));
            }
        }
        return new Steps(steps);
    }

    private static Optional<String> foreign(Actual actual, Map<String, String> marks, Map<String, String> sids) {
        if (actual.group().isPresent()
                && !known(SandboxAccount.GROUP, actual.group().get().comment(), marks)) {
            return Optional.of(
                    message("group", SandboxAccount.GROUP, actual.group().get().comment()));
        }
        for (Map.Entry<SandboxAccount, AccountDatabase.LocalUser> each :
                actual.users().entrySet()) {
            String name = each.getKey().accountName();
            String sid = each.getValue().sid().toString();
            if (!known(name, each.getValue().comment(), marks)
                    || !sids.getOrDefault(name, sid).equals(sid)) {
                return Optional.of(message("user", name, each.getValue().comment()));
            }
        }
        return Optional.empty();
    }

    private static boolean known(String name, String comment, Map<String, String> marks) {
        String mark = marks.get(name);
        return mark != null && WantedAccounts.bears(comment, mark);
    }

    private static String message(String what, String name, String comment) {
        return "local " + what + " " + name + " exists and was not made by this installation (its description: \""
                + comment
                + "\"; expected: none of that name, or one with this installation's mark). Nothing was changed."
                + " If another installation of Cordon made it, uninstall that one; else rename or delete it, then start the"
                + " service again";
    }

    private static List<AccountStep> correct(
            SandboxAccount account, AccountDatabase.LocalUser user, Sid group, Actual actual) {
        List<AccountStep> steps = new ArrayList<>();
        boolean enabled = (user.flags() & AccountDatabase.UF_ACCOUNTDISABLE) == 0;
        if (user.flags() != WantedAccounts.flags(enabled)) {
            steps.add(new AccountStep.SetFlags(account, WantedAccounts.flags(enabled)));
        }
        Set<Sid> groups = Set.of(group, Sid.USERS);
        sorted(groups, user.groups()).forEach(each -> steps.add(new AccountStep.Join(account, user.sid(), each)));
        sorted(user.groups(), groups).forEach(each -> steps.add(new AccountStep.Leave(account, user.sid(), each)));
        Set<String> held = actual.rights().getOrDefault(account, Set.of());
        sorted(WantedAccounts.RIGHTS, held)
                .forEach(each -> steps.add(new AccountStep.Grant(account, user.sid(), each)));
        sorted(held, WantedAccounts.RIGHTS)
                .forEach(each -> steps.add(new AccountStep.Revoke(account, user.sid(), each)));
        if (!actual.hidden().contains(account)) {
            steps.add(new AccountStep.Hide(account));
        }
        return steps;
    }

    private static <T> List<T> sorted(Set<T> all, Set<T> without) {
        return all.stream()
                .filter(each -> !without.contains(each))
                .sorted(java.util.Comparator.comparing(Object::toString))
                .toList();
    }
}
