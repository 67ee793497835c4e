package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.access.SecuredFiles.FileId;
import java.util.Set;

/**
 * An object with everything that one scope wants of it.
 *
 * @param path where it was found
 * @param aces explicit entries it is to have
 */
record Target(String path, FileId id, boolean directory, Set<Wanted.Role> roles, Set<Ace> aces) {
    boolean isRoot() {
        return roles.contains(Wanted.Role.ROOT);
    }

    boolean closes() {
        return roles.stream().anyMatch(Wanted.Role::closes);
    }
}
