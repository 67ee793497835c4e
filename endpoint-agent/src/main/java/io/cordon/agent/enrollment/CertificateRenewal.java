package io.cordon.agent.enrollment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Replaces the device certificate when half of its life has passed.
 *
 * <p>The facts bound in the certificate select the endpoint's policy. A server that could change them at renewal could move an
 * endpoint to a weaker policy without any approver's signature, so a certificate with other groups, tags or id is refused;
 * moving an endpoint takes a new enrollment on the machine itself.
 */
public final class CertificateRenewal {
    static final String PATH = "/agent/v1/certificates";

    private static final int LONGEST_ANSWER = 256 << 10;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IdentityStore store;
    private final ServerConnection connection;
    private final InstantSource clock;
    private final double jitter;

    /** @param random spreads the renewals of a fleet that was enrolled at once */
    public CertificateRenewal(
            IdentityStore store, ServerConnection connection, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.connection = connection;
        this.clock = clock;
        this.jitter = random.nextDouble(-1, 1);
    }

    /** When the certificate in use is to be replaced: at half life, give or take a tenth of its life. */
    public Instant due() {
        DeviceCertificate certificate = connection.identity().certificate();
        Duration tenth = Duration.between(certificate.notBefore(), certificate.notAfter())
                .dividedBy(10);
        return certificate.halfLife().plusMillis((long) (tenth.toMillis() * jitter));
    }

    /**
     * Asks for a new certificate for the same key, checks it, stores it and puts it to use. The one in use may have expired: for
     * how long a server still takes it is the server's to decide.
     */
    public RenewalResult renew() throws InterruptedException {
        DeviceIdentity identity = connection.identity();
        try {
            byte[] body = JSON.writeValueAsBytes(
                    JSON.createObjectNode().put("csr", identity.key().certificateRequest()));
            ServerReply reply = connection.post(PATH, Map.of("Content-Type", "application/json"), body, LONGEST_ANSWER);
            if (reply.status() != OK && reply.status() != CREATED) {
                ServerReply.Problem problem = reply.problem();
                return new RenewalResult.Unavailable("the server answers " + reply.status() + " " + problem.code());
            }
            Optional<JsonNode> answer = reply.object();
            if (answer.isEmpty()) {
                return new RenewalResult.Refused("the answer is not JSON");
            }
            return accept(identity, answer.get());
        } catch (IOException e) {
            return new RenewalResult.Unavailable(String.valueOf(e.getMessage()));
        } catch (GeneralSecurityException e) {
            return new RenewalResult.Refused(String.valueOf(e.getMessage()));
        }
    }

    private RenewalResult accept(DeviceIdentity identity, JsonNode answer)
            throws IOException, GeneralSecurityException {
        DeviceCertificate newer =
                DeviceCertificate.read(answer.path("certificate").asText(""));
        List<X509Certificate> authorities =
                Certificates.read(answer.path("authorities").asText(""));
        DeviceCertificate current = identity.certificate();
        if (!newer.endpointId().equals(current.endpointId())) {
            return changed("id", newer.endpointId(), current.endpointId());
        }
        if (!newer.groups().equals(current.groups())) {
            return changed("groups", newer.groups(), current.groups());
        }
        if (!newer.tags().equals(current.tags())) {
            return changed("tags", newer.tags(), current.tags());
        }
        if (!newer.belongsTo(identity.key().open())) {
            return new RenewalResult.Refused("key: another one (expected: this endpoint's)");
        }
        if (newer.expiredAt(clock.instant())) {
            return changed("notAfter", newer.notAfter(), "later than now");
        }
        DeviceIdentity renewed = identity.renewed(newer, authorities);
        store.save(renewed);
        connection.use(renewed);
        return new RenewalResult.Renewed(newer.notAfter());
    }

    private static RenewalResult changed(String what, Object found, Object expected) {
        return new RenewalResult.Refused(what + ": " + found + " (expected: " + expected + ")");
    }
}
