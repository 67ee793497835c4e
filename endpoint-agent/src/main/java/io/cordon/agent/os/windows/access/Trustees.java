package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.util.Set;

/**
 * Who confined processes are, for access control.
 *
 * @param group of all sandbox accounts
 * @param accounts the sandbox accounts
 * @param form how a run's token carries its capabilities
 */
public record Trustees(Sid group, Set<Sid> accounts, TokenForm form) {
    public Trustees {
        accounts = Set.copyOf(accounts);
    }

    /** How a run's token carries the capability SIDs of its roots. */
    public enum TokenForm {
        /**
         * As restricting SIDs of a write-restricted token and nothing else. The ordinary pass of the access check then knows only
         * the group, so the group is granted what the capability is, and rights that the restricting pass might not cover
         * (DELETE, FILE_DELETE_CHILD, WRITE_DAC, WRITE_OWNER) are denied to the group where they are not to be had.
         */
        RESTRICTING,
        /**
         * As restricting SIDs and as enabled groups too (LogonUserExExW takes additional groups). Then both passes know the
         * capability, the group needs no grant, and a run can neither read nor delete in roots that are not its own.
         */
        RESTRICTING_AND_GROUPS
    }
}
