package io.cordon.server.enrollment;

import io.cordon.policy.trust.Seed;
import io.cordon.server.fleet.DeviceIdentity;
import io.cordon.server.fleet.Endpoint;
import io.cordon.server.fleet.Facts;
import io.cordon.server.trust.SignedRepository;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Enrollment and renewal, for endpoints. */
@Path("/agent/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EnrollmentResource {

    private static final String PRINTABLE = "[^\\p{Cntrl}]+";

    private final Enroll enroll;
    private final Authorities authorities;
    private final SignedRepository repository;
    private final DeviceIdentity identity;
    private final InstantSource clock;

    EnrollmentResource(
            Enroll enroll,
            Authorities authorities,
            SignedRepository repository,
            DeviceIdentity identity,
            InstantSource clock) {
        this.enroll = enroll;
        this.authorities = authorities;
        this.repository = repository;
        this.identity = identity;
        this.clock = clock;
    }

    /** @param csr PEM @param machineId hexadecimal SHA-256, the same for every enrollment of one machine */
    public record EnrollmentRequest(
            @NotNull @Size(max = 200) String token,
            @NotNull @Size(max = 8192) String csr,

            @NotNull @Size(max = 255) @Pattern(regexp = PRINTABLE)
            String hostname,

            @NotNull @Pattern(regexp = "linux|windows|macos")
            String os,

            @NotNull @Size(max = 255) @Pattern(regexp = PRINTABLE)
            String osVersion,

            @NotNull @Size(max = 50) @Pattern(regexp = PRINTABLE)
            String arch,

            @NotNull @Size(max = 50) @Pattern(regexp = PRINTABLE)
            String agentVersion,

            @NotNull @Pattern(regexp = "[0-9a-f]{64}") String machineId) {

        /** Without the token. */
        @Override
        public String toString() {
            return "EnrollmentRequest[" + hostname + "]";
        }
    }

    /** @param certificate PEM, the endpoint's @param authorities PEM, by which the server is trusted from now on */
    public record EnrollmentAnswer(
            UUID endpointId,
            String certificate,
            String authorities,
            String group,
            Map<String, String> tags,
            Trust trust,
            Instant serverTime) {}

    /** The repository's seed; base64 of the files' bytes. */
    public record Trust(
            String root,
            @Nullable String timestamp,
            @Nullable String snapshot) {}

    /** A renewal. */
    public record CertificateRenewal(
            @NotNull @Size(max = 8192) String csr) {}

    /** What a renewal gives. */
    public record CertificateAnswer(String certificate, String authorities, Instant serverTime) {}

    @POST
    @Path("/enrollments")
    @Operation(hidden = true)
    public RestResponse<EnrollmentAnswer> enroll(@Valid @NotNull EnrollmentRequest request) {
        Enroll.Enrolled enrolled = enroll.enroll(
                request.token(),
                CertificateRequest.read(request.csr()),
                request.machineId(),
                new Facts(
                        request.hostname(), request.os(), request.osVersion(), request.arch(), request.agentVersion()));
        Endpoint endpoint = enrolled.endpoint();
        return answer(new EnrollmentAnswer(
                endpoint.id(),
                pem(enrolled.certificate()),
                authorities.pem(),
                endpoint.group(),
                endpoint.tags(),
                trust(repository.seed()),
                clock.instant()));
    }

    @POST
    @Path("/certificates")
    @Operation(hidden = true)
    public RestResponse<CertificateAnswer> renew(@Valid @NotNull CertificateRenewal renewal) {
        X509Certificate certificate =
                enroll.renew(identity.endpointId(), identity.lapsedAt(), CertificateRequest.read(renewal.csr()));
        return answer(new CertificateAnswer(pem(certificate), authorities.pem(), clock.instant()));
    }

    private <T> RestResponse<T> answer(T body) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, body)
                .header(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                clock.instant().atOffset(ZoneOffset.UTC)))
                .header("Cache-Control", "no-store")
                .build();
    }

    private static String pem(X509Certificate certificate) {
        return Pem.certificates(List.of(certificate));
    }

    private static Trust trust(Seed seed) {
        return new Trust(base64(seed.root()), nullable(seed.timestamp()), nullable(seed.snapshot()));
    }

    private static @Nullable String nullable(byte @Nullable [] bytes) {
        return bytes == null ? null : base64(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
