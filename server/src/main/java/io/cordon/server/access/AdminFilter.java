package io.cordon.server.access;

import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In front of every {@code /admin/v1} resource: the session cookie makes the actor, unsafe methods must prove with a header
 * that the page itself sent them, and the method's annotation says which permission it needs. Without an annotation nobody
 * passes.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AdminFilter implements ContainerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Access access;
    private final Sessions sessions;

    @Context
    @Nullable
    ResourceInfo resource;

    public AdminFilter(Access access, Sessions sessions) {
        this.access = access;
        this.sessions = sessions;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (!path.startsWith("/admin/v1")) {
            return;
        }
        Method method = resource == null ? null : resource.getResourceMethod();
        if (method == null || method.isAnnotationPresent(Open.class)) {
            return;
        }
        Cookie cookie = request.getCookies().get(SessionCookie.NAME);
        Session session =
                cookie == null ? null : sessions.find(cookie.getValue()).orElse(null);
        if (session == null) {
            throw Problem.of(ProblemCode.ACCESS_NOT_SIGNED_IN, "Sign in with POST /admin/v1/session.");
        }
        access.signIn(session.actor());
        if (!SAFE.contains(request.getMethod())) {
            requireToken(session, request.getHeaderString(SessionCookie.CSRF_HEADER));
        }
        Requires requires = method.getAnnotation(Requires.class);
        if (requires != null) {
            access.require(requires.value());
        } else if (!method.isAnnotationPresent(SignedIn.class)) {
            throw Problem.of(ProblemCode.ACCESS_FORBIDDEN, "This resource declares no permission.");
        }
    }

    private static void requireToken(Session session, @Nullable String given) {
        byte[] expected = session.csrfToken().getBytes(StandardCharsets.UTF_8);
        if (given == null || !MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
            throw Problem.of(
                    ProblemCode.ACCESS_CSRF,
                    SessionCookie.CSRF_HEADER + ": missing or wrong (expected: csrfToken of GET /admin/v1/session)");
        }
    }
}
