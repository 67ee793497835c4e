package io.cordon.server.access;

import io.cordon.server.audit.AuditEvent;
import io.cordon.server.audit.AuditLog;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** Signing in: with a local password, or on the word of the identity provider. */
@ApplicationScoped
class SignIn {

    /** Verified when there is no such user, so that the time taken does not tell. */
    private static final String NOBODYS_HASH = PasswordHash.of("nobody has this password");

    private final Users users;
    private final Sessions sessions;
    private final SignInLimit limit;
    private final AuditLog audit;
    private final InstantSource clock;

    SignIn(Users users, Sessions sessions, SignInLimit limit, AuditLog audit, InstantSource clock) {
        this.users = users;
        this.sessions = sessions;
        this.limit = limit;
        this.audit = audit;
        this.clock = clock;
    }

    Sessions.Opened withPassword(String name, String password, String address) {
        limit.attempt(name, address);
        UserEntity user = QuarkusTransaction.requiringNew().call(() -> users.findById(name));
        boolean matches = PasswordHash.matches(password, user == null ? NOBODYS_HASH : user.passwordHash);
        if (user == null || user.disabled || !matches) {
            throw Problem.of(ProblemCode.ACCESS_BAD_CREDENTIALS, "Check the user name and the password.");
        }
        limit.succeeded(name);
        Actor actor = new Actor(user.name, user.displayName, Sessions.roles(user.roles));
        return open(actor, true, "signed in with a password");
    }

    /** The provider has authenticated the actor. */
    Sessions.Opened withProvider(Actor actor) {
        return open(actor, false, "signed in with the identity provider");
    }

    private Sessions.Opened open(Actor actor, boolean local, String how) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Sessions.Opened opened = sessions.open(actor, local);
            audit.append(new AuditEvent(clock.instant(), actor.name(), "access.sign-in", actor.name(), how));
            return opened;
        });
    }
}
