package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A write-restricted token: what its account may write, a process with it may write only where one of {@code restricting} may
 * as well. All privileges but the one to traverse folders are taken away.
 *
 * @param restricting in the order capabilities, account, logon session, everyone
 * @param defaultDacl of objects the process makes, as SDDL. Of constant size: one entry for each capability would overflow it
 */
public record TokenPlan(List<Sid> restricting, String defaultDacl) {
    public TokenPlan {
        restricting = List.copyOf(restricting);
        if (restricting.isEmpty()) {
            throw new IllegalArgumentException("restricting SIDs: none (expected: at least the logon's)");
        }
    }

    static TokenPlan of(List<Sid> capabilities, Sid account, Sid logon) {
        List<Sid> restricting = new ArrayList<>(new LinkedHashSet<>(capabilities));
        restricting.addAll(List.of(account, logon, Sid.EVERYONE));
        // The service looks into its runs' processes, so it has to be let in; an owner may only read the descriptor.
        return new TokenPlan(restricting, "D:(A;;GA;;;" + logon + ")(A;;GA;;;SY)(A;;RC;;;" + Sid.OWNER_RIGHTS + ")");
    }

    /** Some systems start no process with the account itself among the restricting SIDs (errors 5 and 1312). */
    TokenPlan without(Sid account) {
        return new TokenPlan(
                restricting.stream().filter(sid -> !sid.equals(account)).toList(), defaultDacl);
    }
}
