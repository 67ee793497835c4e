package io.cordon.server.access;

import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes a local user; null leaves a value as it is. The sessions end when the password changes or the user is disabled, and
 * the last administrator cannot be taken away.
 */
record ChangeUser(
        Users users,
        Sessions sessions,
        String name,
        @Nullable Set<Role> roles,
        @Nullable Boolean disabled,
        @Nullable String password,
        Instant now,
        String reason)
        implements AdminCommand<UserEntity> {

    @Override
    public String action() {
        return "access.change-user";
    }

    @Override
    public Permission permission() {
        return Permission.ACCESS_MANAGE;
    }

    @Override
    public Applied<UserEntity> apply(Actor actor) {
        UserEntity user = users.findById(name);
        if (user == null) {
            throw Problem.of(ProblemCode.ACCESS_USER_NOT_FOUND, "No user has the name " + name + ".");
        }
        if (roles != null) {
            user.roles = Users.names(roles);
        }
        if (disabled != null) {
            user.disabled = disabled;
        }
        boolean administers = !user.disabled && Sessions.roles(user.roles).contains(Role.ADMINISTRATOR);
        if (!administers && users.otherAdministrators(name) == 0) {
            throw Problem.of(
                    ProblemCode.ACCESS_LAST_ADMINISTRATOR,
                    name + " is the only administrator that can sign in: make another one first.");
        }
        if (password != null) {
            user.passwordHash = PasswordHash.of(password);
        }
        if (password != null || user.disabled) {
            sessions.closeAllOf(name);
        }
        user.updatedAt = now;
        return new Applied<>(user, name);
    }
}
