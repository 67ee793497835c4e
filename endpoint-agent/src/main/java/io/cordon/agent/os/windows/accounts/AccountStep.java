package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;

/** One change of the account database; doing it twice is harmless. */
sealed interface AccountStep {
    record CreateGroup(String mark) implements AccountStep {}

    /** Disabled, with a password that nobody knows. */
    record CreateUser(SandboxAccount account, String mark) implements AccountStep {}

    /** Disabled again before anything else is looked at, or brought back to the flags that were set. */
    record SetFlags(SandboxAccount account, int flags) implements AccountStep {}

    record Join(SandboxAccount account, Sid user, Sid group) implements AccountStep {}

    /** A group that somebody put the account into. */
    record Leave(SandboxAccount account, Sid user, Sid group) implements AccountStep {}

    record Grant(SandboxAccount account, Sid user, String right) implements AccountStep {}

    /** A right that somebody gave the account. */
    record Revoke(SandboxAccount account, Sid user, String right) implements AccountStep {}

    record Hide(SandboxAccount account) implements AccountStep {}
}
