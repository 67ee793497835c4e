package io.cordon.server.access;

import java.time.Instant;

/**
 * Somebody signed in.
 *
 * @param csrfToken what unsafe requests must repeat in {@link SessionCookie#CSRF_HEADER}
 * @param expiresAt the absolute end; idle time may end it sooner
 */
public record Session(Actor actor, String csrfToken, Instant expiresAt) {}
