package io.cordon.server.enrollment;

import io.cordon.server.access.Actor;
import io.cordon.server.access.AdminCommand;
import io.cordon.server.access.Permission;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Makes a token. The result is the only time that its text exists on the server. */
record CreateEnrollmentToken(
        EnrollmentTokens tokens,
        String pin,
        String group,
        Map<String, String> tags,
        Duration validity,
        Instant now,
        String reason)
        implements AdminCommand<CreateEnrollmentToken.Created> {

    /** The text to hand over, and what the server keeps. */
    record Created(TokenText text, EnrollmentToken token) {}

    @Override
    public String action() {
        return "enrollment.create-token";
    }

    @Override
    public Permission permission() {
        return Permission.ENROLLMENT_MANAGE;
    }

    @Override
    public Applied<Created> apply(Actor actor) {
        TokenText text = TokenText.create(pin);
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        EnrollmentToken token = new EnrollmentToken(
                text.id(), text.secretHash(), group, tags, actor.name(), at, at.plus(validity), null, null, null, null);
        tokens.add(token);
        return new Applied<>(new Created(text, token), text.id());
    }
}
