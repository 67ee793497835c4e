package io.cordon.server.fleet;

import io.cordon.server.access.SessionCookie;
import io.cordon.server.access.Sessions;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Cookie;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * In front of everything that endpoints call: the TLS peer certificate must be one that the fleet knows, of an endpoint that is
 * not disabled. TLS has checked that our authority signed it and that the peer holds its key ({@link DeviceTrust}); that it has
 * not expired is checked here, because renewal takes one that has.
 */
@jakarta.ws.rs.ext.Provider
@Priority(Priorities.AUTHENTICATION)
public class DeviceFilter implements ContainerRequestFilter {

    private static final List<String> GUARDED = List.of("/agent/v1/", "/opamp/", "/tuf/", "/v1/");
    private static final String ENROLLMENTS = "/agent/v1/enrollments";
    private static final String CERTIFICATES = "/agent/v1/certificates";
    private static final String GROUP = "urn:cordon:group:";
    private static final int URI = 6;

    private final CurrentVertxRequest http;
    private final FleetStore fleet;
    private final DeviceIdentity identity;
    private final Sessions sessions;
    private final Provider<FleetConfig> config;
    private final InstantSource clock;

    /** @param config read at the first request: filters are made before the configuration of the running server is there */
    public DeviceFilter(
            CurrentVertxRequest http,
            FleetStore fleet,
            DeviceIdentity identity,
            Sessions sessions,
            Provider<FleetConfig> config,
            InstantSource clock) {
        this.http = http;
        this.fleet = fleet;
        this.identity = identity;
        this.sessions = sessions;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (GUARDED.stream().noneMatch(path::startsWith) || path.equals(ENROLLMENTS)) {
            return;
        }
        Optional<X509Certificate> certificate = peerCertificate();
        if (certificate.isEmpty() && path.startsWith("/tuf/") && isSignedIn(request)) {
            return;
        }
        X509Certificate presented = certificate.orElseThrow(() -> Problem.of(
                ProblemCode.FLEET_CERTIFICATE_REQUIRED,
                "Present the certificate that enrollment gave this endpoint (POST " + ENROLLMENTS + ")."));
        identify(presented, path.equals(CERTIFICATES));
    }

    private boolean isSignedIn(ContainerRequestContext request) {
        Cookie cookie = request.getCookies().get(SessionCookie.NAME);
        return cookie != null && sessions.find(cookie.getValue()).isPresent();
    }

    private void identify(X509Certificate certificate, boolean renewing) {
        Instant now = clock.instant();
        Instant end = certificate.getNotAfter().toInstant();
        boolean lapsed = end.isBefore(now);
        if (lapsed) {
            requireReturn(end, now, renewing);
        }
        String serial = certificate.getSerialNumber().toString(16).toLowerCase(Locale.ROOT);
        FleetStore.Holder holder = fleet.holder(serial)
                .filter(found -> isFor(certificate, found.endpointId()) && !(lapsed && found.superseded()))
                .orElseThrow(() -> Problem.of(
                        ProblemCode.FLEET_CERTIFICATE_UNKNOWN,
                        "The certificate " + serial
                                + " was withdrawn, replaced or never issued: enroll again with a new token."));
        if (holder.disabled()) {
            throw Problem.of(
                    ProblemCode.FLEET_ENDPOINT_DISABLED,
                    "An administrator has disabled endpoint " + holder.endpointId()
                            + "; it keeps its policy and is let in again when it is enabled.");
        }
        if (!holder.used()) {
            fleet.use(serial, now);
        }
        identity.become(holder.endpointId(), group(certificate), lapsed ? end : null);
    }

    private void requireReturn(Instant end, Instant now, boolean renewing) {
        Instant last = end.plus(config.get().returnWithin());
        if (now.isAfter(last)) {
            throw Problem.of(
                    ProblemCode.FLEET_CERTIFICATE_EXPIRED,
                    "The certificate ended at " + end + " and could be renewed until " + last
                            + " (cordon.fleet.return-within): enroll again with a new token.");
        }
        if (!renewing) {
            throw Problem.of(
                    ProblemCode.FLEET_CERTIFICATE_EXPIRED,
                    "The certificate ended at " + end + ": renew it with POST " + CERTIFICATES + " until " + last
                            + ".");
        }
    }

    private static boolean isFor(X509Certificate certificate, UUID endpointId) {
        return certificate.getSubjectX500Principal().getName().equals("CN=" + endpointId);
    }

    private static String group(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? ""
                    : names.stream()
                            .filter(name -> Integer.valueOf(URI).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .filter(uri -> uri.startsWith(GROUP))
                            .map(uri -> uri.substring(GROUP.length()))
                            .findFirst()
                            .orElse("");
        } catch (CertificateParsingException e) {
            throw Problem.of(ProblemCode.FLEET_CERTIFICATE_UNKNOWN, "The certificate's names cannot be read.");
        }
    }

    private Optional<X509Certificate> peerCertificate() {
        SSLSession session = http.getCurrent().request().connection().sslSession();
        try {
            return session != null && session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException nonePresented) {
            return Optional.empty();
        }
    }
}
