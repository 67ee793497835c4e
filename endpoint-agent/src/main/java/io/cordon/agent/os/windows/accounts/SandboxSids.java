package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The identities that access entries, firewall rules and filters name. They are known once the accounts exist, and change only
 * when these are made anew.
 *
 * @param group of {@link SandboxAccount#GROUP}
 * @param accounts one for every {@link SandboxAccount}, all different
 */
public record SandboxSids(Sid group, Map<SandboxAccount, Sid> accounts) {
    public SandboxSids {
        accounts = Map.copyOf(accounts);
        Collection<Sid> all = new HashSet<>(accounts.values());
        all.add(group);
        if (all.size() != SandboxAccount.values().length + 1) {
            throw new IllegalArgumentException("sandbox SIDs: group " + group + ", accounts " + accounts
                    + " (expected: a group and one account for each of "
                    + List.of(SandboxAccount.values()) + ", all different)");
        }
    }

    public Sid of(SandboxAccount account) {
        return Objects.requireNonNull(accounts.get(account));
    }

    /** Whether a token with this user and these groups belongs to the sandbox. */
    public boolean holds(Sid user, Collection<Sid> groups) {
        return groups.contains(group) || user.equals(group) || accounts.containsValue(user);
    }
}
