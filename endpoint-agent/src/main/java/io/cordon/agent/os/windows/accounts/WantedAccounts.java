package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.windows.SandboxAccount;
import java.util.Locale;
import java.util.Set;

/** What the group, the users and their rights should be like. */
final class WantedAccounts {
    /** Where Windows keeps who does not show on the logon screen. */
    static final String HIDDEN_KEY =
            "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\SpecialAccounts\\UserList";

    /** Logging on as a batch job is the one way in; the denials name the others, and win over any right by a group. */
    static final Set<String> RIGHTS = Set.of(
            "SeBatchLogonRight",
            "SeDenyInteractiveLogonRight",
            "SeDenyRemoteInteractiveLogonRight",
            "SeDenyNetworkLogonRight",
            "SeDenyServiceLogonRight");

    private static final int FLAGS = AccountDatabase.UF_SCRIPT
            | AccountDatabase.UF_NORMAL_ACCOUNT
            | AccountDatabase.UF_DONT_EXPIRE_PASSWD
            | AccountDatabase.UF_PASSWD_CANT_CHANGE;

    private WantedAccounts() {}

    static int flags(boolean enabled) {
        return enabled ? FLAGS : FLAGS | AccountDatabase.UF_ACCOUNTDISABLE;
    }

    /**
     * The description that people see, ending in the mark by which this installation knows its own.
     *
     * @param mark random, from the ledger
     */
    static String comment(SandboxAccount account, String mark) {
        return "Cordon: commands of coding agents, network " + account.name().toLowerCase(Locale.ROOT)
                + ". Do not change. " + tag(mark);
    }

    static String groupComment(String mark) {
        return "Cordon: the accounts that commands of coding agents run as. Do not change. " + tag(mark);
    }

    static boolean bears(String comment, String mark) {
        return comment.endsWith(tag(mark));
    }

    private static String tag(String mark) {
        return "[" + mark + "]";
    }
}
