package io.cordon.server.access;

import jakarta.ws.rs.core.NewCookie;

/** The session cookie: bound to this host by its prefix, out of reach of scripts and of other sites' requests. */
public final class SessionCookie {

    public static final String NAME = "__Host-cordon-session";

    /** Carries {@link Session#csrfToken()} on every unsafe request. */
    public static final String CSRF_HEADER = "X-Cordon-CSRF";

    private SessionCookie() {}

    static NewCookie holding(String token) {
        return base().value(token).build();
    }

    static NewCookie cleared() {
        return base().value("").maxAge(0).build();
    }

    private static NewCookie.Builder base() {
        return new NewCookie.Builder(NAME).path("/").secure(true).httpOnly(true).sameSite(NewCookie.SameSite.STRICT);
    }
}
