package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.util.Set;

/**
 * A token as the access check sees it; without privileges, since DISABLE_MAX_PRIVILEGE leaves none that matters to files.
 *
 * @param groups enabled ones
 * @param denyOnly groups that count for denying entries alone
 * @param restricting empty when the token is not restricted
 * @param restriction for what the second pass is made
 */
record Token(Sid user, Set<Sid> groups, Set<Sid> denyOnly, Set<Sid> restricting, Restriction restriction) {
    /** What the second pass, over the restricting SIDs, decides on. */
    enum Restriction {
        NONE,
        /** Everything (no WRITE_RESTRICTED). */
        ALL,
        /** WRITE_RESTRICTED, if it means every right by which an object can be changed or taken. */
        ANY_WRITE,
        /** WRITE_RESTRICTED, if it means only what GENERIC_WRITE maps to; DELETE and its like are then not covered. */
        GENERIC_WRITE
    }

    Token {
        groups = Set.copyOf(groups);
        denyOnly = Set.copyOf(denyOnly);
        restricting = Set.copyOf(restricting);
    }

    static Token plain(Sid user, Set<Sid> groups) {
        return new Token(user, groups, Set.of(), Set.of(), Restriction.NONE);
    }
}
