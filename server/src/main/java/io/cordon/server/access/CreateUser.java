package io.cordon.server.access;

import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.time.Instant;
import java.util.Set;

/** Adds a local user. */
record CreateUser(
        Users users, String name, String displayName, Set<Role> roles, String password, Instant now, String reason)
        implements AdminCommand<UserEntity> {

    @Override
    public String action() {
        return "access.create-user";
    }

    @Override
    public Permission permission() {
        return Permission.ACCESS_MANAGE;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "CreateUser[" + name + "]";
    }

    @Override
    public Applied<UserEntity> apply(Actor actor) {
        if (users.findById(name) != null) {
            throw Problem.of(ProblemCode.ACCESS_USER_EXISTS, "There is a user " + name + " already.");
        }
        UserEntity user = new UserEntity();
        user.name = name;
        user.displayName = displayName;
        user.roles = Users.names(roles);
        user.passwordHash = PasswordHash.of(password);
        user.createdAt = now;
        user.updatedAt = now;
        users.persist(user);
        return new Applied<>(user, name);
    }
}
