package io.cordon.server.enrollment;

import io.cordon.server.audit.AuditEvent;
import io.cordon.server.audit.AuditLog;
import io.cordon.server.fleet.DeviceCertificate;
import io.cordon.server.fleet.Endpoint;
import io.cordon.server.fleet.Facts;
import io.cordon.server.fleet.FleetStore;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Enrolling and renewing: each in one transaction, so that a token is used exactly when there is an endpoint to show for it. */
@ApplicationScoped
class Enroll {

    private static final String HOW_TO_GET_ONE =
            " Ask an administrator for a new one (console, Fleet, Enroll; or POST /admin/v1/enrollment-tokens).";

    private final EnrollmentTokens tokens;
    private final FleetStore fleet;
    private final Authorities authorities;
    private final CertificateAuthority authority;
    private final EnrollmentConfig config;
    private final AuditLog audit;
    private final InstantSource clock;

    Enroll(
            EnrollmentTokens tokens,
            FleetStore fleet,
            Authorities authorities,
            EnrollmentConfig config,
            AuditLog audit,
            InstantSource clock) {
        this.tokens = tokens;
        this.fleet = fleet;
        this.authorities = authorities;
        this.authority = authorities.authority();
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /** An endpoint and the certificate that was just issued to it. */
    record Enrolled(Endpoint endpoint, X509Certificate certificate) {}

    @Transactional
    Enrolled enroll(String tokenText, CertificateRequest request, String machineId, Facts facts) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        TokenText presented = TokenText.parse(tokenText).orElseThrow(Enroll::unknown);
        EnrollmentToken token = tokens.lock(presented.id())
                .filter(found -> MessageDigest.isEqual(found.secretHash(), presented.secretHash()))
                .orElseThrow(Enroll::unknown);
        Endpoint before = isRepetition(token, request)
                ? fleet.find(Objects.requireNonNull(token.usedBy()))
                        .filter(found -> !found.enrolledAt().isAfter(Objects.requireNonNull(token.usedAt())))
                        .orElse(null)
                : null;
        if (before == null) {
            requireUsable(token, now);
        }
        Endpoint endpoint = before != null
                ? before
                : fleet.enroll(new FleetStore.Enrollment(
                        UUID.randomUUID(), machineId, facts, token.group(), token.tags(), now));
        if (endpoint.disabledAt() != null) {
            throw Problem.of(
                    ProblemCode.FLEET_ENDPOINT_DISABLED,
                    "This machine is endpoint " + endpoint.id() + ", which an administrator has disabled.");
        }
        if (before == null) {
            fleet.withdrawCertificates(endpoint.id());
            tokens.markUsed(token.id(), endpoint.id(), request.keyHash(), now);
            audit.append(new AuditEvent(
                    now,
                    "token:" + token.id(),
                    "enrollment.enroll-endpoint",
                    endpoint.id().toString(),
                    facts.hostname() + " enrolled into " + token.group() + " with the token that " + token.createdBy()
                            + " made"));
        }
        return new Enrolled(endpoint, issue(endpoint, request, now));
    }

    /**
     * A new certificate for an endpoint that proved itself with the one it has; group and tags stay what they are.
     *
     * @param lapsedAt when the one it has ended, if it has: such a return is audited
     */
    @Transactional
    X509Certificate renew(UUID endpointId, Optional<Instant> lapsedAt, CertificateRequest request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Endpoint endpoint = fleet.find(endpointId)
                .orElseThrow(() ->
                        Problem.of(ProblemCode.FLEET_ENDPOINT_NOT_FOUND, "No endpoint has the id " + endpointId + "."));
        lapsedAt.ifPresent(end -> audit.append(new AuditEvent(
                now,
                "endpoint:" + endpointId,
                "enrollment.return-endpoint",
                endpointId.toString(),
                endpoint.facts().hostname() + " was away and renewed the certificate that ended at " + end)));
        return issue(endpoint, request, now);
    }

    private X509Certificate issue(Endpoint endpoint, CertificateRequest request, Instant now) {
        List<String> uris = new ArrayList<>();
        uris.add("urn:cordon:endpoint:" + endpoint.id());
        uris.add("urn:cordon:group:" + endpoint.group());
        new TreeMap<>(endpoint.tags()).forEach((key, value) -> uris.add("urn:cordon:tag:" + key + "=" + value));
        X509Certificate certificate = authority.issueEndpoint(
                request.key(), endpoint.id().toString(), uris, now, config.certificateValidity());
        fleet.addCertificate(
                endpoint.id(),
                new DeviceCertificate(
                        certificate.getSerialNumber().toString(16).toLowerCase(Locale.ROOT),
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()));
        return certificate;
    }

    /** Whether a reply was lost: the same key again, and the machine has not been enrolled anew meanwhile. */
    private static boolean isRepetition(EnrollmentToken token, CertificateRequest request) {
        return token.usedKey() != null && MessageDigest.isEqual(token.usedKey(), request.keyHash());
    }

    private static void requireUsable(EnrollmentToken token, Instant now) {
        switch (token.state(now)) {
            case UNUSED -> {}
            case USED ->
                throw Problem.of(
                        ProblemCode.ENROLLMENT_TOKEN_USED,
                        "Another key has used this token; it is good for one machine." + HOW_TO_GET_ONE);
            case REVOKED ->
                throw Problem.of(
                        ProblemCode.ENROLLMENT_TOKEN_REVOKED,
                        "This token was revoked at " + token.revokedAt() + "." + HOW_TO_GET_ONE);
            case EXPIRED ->
                throw Problem.of(
                        ProblemCode.ENROLLMENT_TOKEN_EXPIRED,
                        "This token ended at " + token.expiresAt() + "; the server's time is " + now + "."
                                + HOW_TO_GET_ONE);
        }
    }

    private static Problem unknown() {
        return Problem.of(
                ProblemCode.ENROLLMENT_TOKEN_UNKNOWN,
                "token: not one of this server's (expected: the whole text, cet1.<id>.<secret>.<pin>)."
                        + HOW_TO_GET_ONE);
    }
}
