package io.cordon.server.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * Somebody who acts, with rights. The default has none: a test or a request that nobody signed in for may do nothing.
 *
 * @param name what the audit log shows: a user's name, or {@code system}
 */
public record Actor(String name, String displayName, Set<Role> roles) {

    public Actor {
        roles = Set.copyOf(roles);
    }

    /** Nobody: no rights at all. */
    public static Actor nobody() {
        return new Actor("nobody", "Nobody", Set.of());
    }

    /** The server itself, for what it does on its own account (first start, renewal). */
    public static Actor system() {
        return new Actor("system", "Cordon", Set.of(Role.ADMINISTRATOR));
    }

    /** Everything that at least one of the roles permits. */
    public Set<Permission> permissions() {
        EnumSet<Permission> all = EnumSet.noneOf(Permission.class);
        roles.forEach(role -> all.addAll(role.permissions()));
        return all;
    }

    public boolean may(Permission permission) {
        return roles.stream().anyMatch(role -> role.permissions().contains(permission));
    }
}
