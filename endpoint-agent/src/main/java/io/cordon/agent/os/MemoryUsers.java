package io.cordon.agent.os;

import java.util.Map;

/** The reference: accounts from a table of user id to principal. */
public final class MemoryUsers implements SandboxUsers {
    private final Map<Integer, Principal> accounts;

    public MemoryUsers(Map<Integer, Principal> accounts) {
        this.accounts = Map.copyOf(accounts);
    }

    @Override
    public Lookup principalFor(Caller caller) {
        Principal account = accounts.get(caller.account().posix().uid());
        if (account == null) {
            return new Lookup.Unknown("user id " + caller.account().id() + " has no account");
        }
        return new Lookup.Known(new Principal(account.name(), caller.account(), account.home()));
    }
}
