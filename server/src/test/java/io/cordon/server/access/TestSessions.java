package io.cordon.server.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Signs in without a password, for tests of what comes after sign-in. */
@ApplicationScoped
public class TestSessions {

    private final Sessions sessions;

    TestSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    /** What the browser would hold. */
    public record Opened(String cookie, String csrfToken) {}

    public Opened open(Role role) {
        Sessions.Opened opened =
                sessions.open(new Actor(role.wire() + "-tester", "The " + role.wire(), Set.of(role)), false);
        return new Opened(
                SessionCookie.NAME + "=" + opened.token(), opened.session().csrfToken());
    }
}
