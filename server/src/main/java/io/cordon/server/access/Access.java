package io.cordon.server.access;

import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import jakarta.enterprise.context.RequestScoped;

/** Who makes this request. Nobody until the sign-in filter says otherwise. */
@RequestScoped
public class Access {

    private Actor actor = Actor.nobody();

    public Actor actor() {
        return actor;
    }

    public boolean may(Permission permission) {
        return actor.may(permission);
    }

    /** Throws {@code access.forbidden}, naming the permission, unless the actor has it. */
    public void require(Permission permission) {
        require(actor, permission);
    }

    static void require(Actor actor, Permission permission) {
        if (!actor.may(permission)) {
            throw Problem.of(
                    ProblemCode.ACCESS_FORBIDDEN,
                    actor.name() + " lacks the permission " + permission.wire()
                            + ": ask an administrator for a role that has it.");
        }
    }

    void signIn(Actor who) {
        actor = who;
    }
}
