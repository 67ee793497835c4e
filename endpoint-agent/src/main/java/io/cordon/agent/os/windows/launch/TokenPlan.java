package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The restricted token of a run.
 *
 * @param writeRestricted whether writing also takes one of {@code restricting}; with none of them nothing could be written
 * @param restricting in the order capabilities, account, logon session, everyone
 * @param defaultDacl of objects the process makes, as SDDL. Of constant size: one entry for each capability would overflow it
 */
public record TokenPlan(boolean writeRestricted, List<Sid> restricting, String defaultDacl) {
    public TokenPlan {
        restricting = List.copyOf(restricting);
        if (writeRestricted == restricting.isEmpty()) {
            throw new IllegalArgumentException("restricting SIDs: " + restricting.size()
                    + " (expected: some for a write-restricted token, none for another)");
        }
    }

    static TokenPlan enforced(List<Sid> capabilities, Sid account, Sid logon) {
        List<Sid> restricting = new ArrayList<>(new LinkedHashSet<>(capabilities));
        restricting.addAll(List.of(account, logon, Sid.EVERYONE));
        return new TokenPlan(true, restricting, dacl(logon));
    }

    /** In audit mode: without privileges, but free to write where the account may. */
    static TokenPlan audit(Sid logon) {
        return new TokenPlan(false, List.of(), dacl(logon));
    }

    /** Some systems start no process with the account itself among the restricting SIDs (errors 5 and 1312). */
    TokenPlan without(Sid account) {
        return new TokenPlan(
                writeRestricted,
                restricting.stream().filter(sid -> !sid.equals(account)).toList(),
                defaultDacl);
    }

    /** The service looks into its runs' processes, so it has to be let in; the owner may only read the descriptor. */
    private static String dacl(Sid logon) {
        return "D:(A;;GA;;;" + logon + ")(A;;GA;;;SY)(A;;RC;;;" + Sid.OWNER_RIGHTS + ")";
    }
}
