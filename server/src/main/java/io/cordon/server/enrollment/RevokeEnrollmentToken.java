package io.cordon.server.enrollment;

import io.cordon.server.access.Actor;
import io.cordon.server.access.AdminCommand;
import io.cordon.server.access.Permission;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.time.Instant;

/** Makes an unused token useless. A used one stays used: whom it enrolled is disabled in the fleet. */
record RevokeEnrollmentToken(EnrollmentTokens tokens, String id, Instant now, String reason)
        implements AdminCommand<Boolean> {

    @Override
    public String action() {
        return "enrollment.revoke-token";
    }

    @Override
    public Permission permission() {
        return Permission.ENROLLMENT_MANAGE;
    }

    @Override
    public Applied<Boolean> apply(Actor actor) {
        EnrollmentToken token = tokens.lock(id)
                .orElseThrow(() -> Problem.of(
                        ProblemCode.ENROLLMENT_TOKEN_NOT_FOUND, "No enrollment token has the id " + id + "."));
        if (token.usedBy() != null) {
            throw Problem.of(
                    ProblemCode.ENROLLMENT_TOKEN_USED,
                    "Endpoint " + token.usedBy() + " has used this token: disable the endpoint instead.");
        }
        tokens.revoke(id, now);
        return new Applied<>(true, id);
    }
}
