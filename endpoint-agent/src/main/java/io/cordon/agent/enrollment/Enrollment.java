package io.cordon.agent.enrollment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.enrollment.EnrollmentResult.Enrolled;
import io.cordon.agent.enrollment.EnrollmentResult.Failed;
import io.cordon.agent.enrollment.EnrollmentResult.Failure;
import io.cordon.policy.trust.Seed;
import io.cordon.policy.trust.SeedResult;
import io.cordon.policy.trust.TrustClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes this machine an endpoint. The order matters and every step can be the last one before a crash: the key is stored before
 * it is sent, the repository's seed is pinned before the identity exists, and the identity exists with its last file. Running
 * the same command again continues with the same key, and the server answers the same token and key with the same endpoint, so
 * a lost reply burns nothing.
 */
public final class Enrollment {
    static final String PATH = "/agent/v1/enrollments";

    /** A longer reply is not an enrollment answer. */
    private static final int LONGEST_ANSWER = 2 << 20;

    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IdentityStore store;
    private final TrustClient trust;
    private final MachineFacts machine;
    private final InstantSource clock;
    private final TimeLimits limits;

    public Enrollment(
            IdentityStore store, TrustClient trust, MachineFacts machine, InstantSource clock, TimeLimits limits) {
        this.store = store;
        this.trust = trust;
        this.machine = machine;
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * Enrolls at the server.
     *
     * @param server base URL, {@code https} only
     * @param pinnedRoot root metadata that came out of band; null to take the server's at this first contact
     * @throws IOException when this machine's files cannot be read or written
     */
    public EnrollmentResult enroll(URI server, EnrollmentToken token, byte @Nullable [] pinnedRoot)
            throws IOException, InterruptedException {
        try {
            IdentityStore.Loaded before = store.load();
            if (before instanceof IdentityStore.Loaded.Corrupt corrupt) {
                return new Failed(Failure.CORRUPT, corrupt.message());
            }
            if (before instanceof IdentityStore.Loaded.Enrolled enrolled
                    && !leadsTo(enrolled.identity(), token.pin())) {
                return otherFleet(enrolled.identity(), server);
            }
            DeviceKey key = store.key();
            ServerReply reply;
            try {
                reply = request(server, token, key);
            } catch (IOException e) {
                return EnrollmentProblems.of(e, server);
            }
            @Nullable Failed refused = EnrollmentProblems.of(reply, server, clock.instant(), CLOCK_TOLERANCE);
            if (refused != null) {
                return refused;
            }
            return accept(server, token, pinnedRoot, before, key, reply);
        } catch (GeneralSecurityException e) {
            return new Failed(
                    Failure.CORRUPT,
                    "the device key cannot be used: " + e.getMessage() + ". Run \"cordon-agent uninstall\"");
        }
    }

    private EnrollmentResult accept(
            URI server,
            EnrollmentToken token,
            byte @Nullable [] pinnedRoot,
            IdentityStore.Loaded before,
            DeviceKey key,
            ServerReply reply)
            throws IOException, GeneralSecurityException {
        EnrollmentAnswer answer;
        try {
            answer = EnrollmentAnswer.read(reply.object().orElseThrow(() -> new GeneralSecurityException("no JSON")));
        } catch (GeneralSecurityException e) {
            return EnrollmentProblems.notCordon(server, "its answer cannot be read: " + e.getMessage());
        }
        DeviceIdentity identity =
                new DeviceIdentity(server, key, answer.certificate(), answer.authorities(), clock.instant());
        if (!answer.certificate().belongsTo(key.open()) || !leadsTo(identity, token.pin())) {
            return EnrollmentProblems.notCordon(
                    server,
                    "it issued a certificate for another key, or leaves out the authority that the token names");
        }
        boolean again = false;
        if (before instanceof IdentityStore.Loaded.Enrolled enrolled) {
            if (!enrolled.identity().endpointId().equals(identity.endpointId())) {
                return otherFleet(enrolled.identity(), server);
            }
            again = true;
        }
        @Nullable Failed untrusted = pin(answer.seed(), pinnedRoot, again);
        if (untrusted != null) {
            return untrusted;
        }
        store.save(identity);
        return new Enrolled(identity, again);
    }

    /** An endpoint that exists keeps the root it trusts; only a machine without identity may start over with another. */
    private @Nullable Failed pin(Seed offered, byte @Nullable [] pinnedRoot, boolean again) throws IOException {
        Seed seed = pinnedRoot == null || Arrays.equals(pinnedRoot, offered.root()) ? offered : Seed.ofRoot(pinnedRoot);
        SeedResult result = again ? trust.initialise(seed) : trust.startOver(seed);
        if (result instanceof SeedResult.Refused refused) {
            return new Failed(
                    Failure.TRUST,
                    "the policy repository was refused: " + refused.rejection().message()
                            + ". Nothing was changed; ask whoever runs the server");
        }
        return null;
    }

    private static boolean leadsTo(DeviceIdentity identity, String pin) throws GeneralSecurityException {
        for (var authority : identity.authorities()) {
            if (Certificates.fingerprint(authority).equals(pin)) {
                return true;
            }
        }
        return false;
    }

    private static Failed otherFleet(DeviceIdentity identity, URI server) {
        return new Failed(
                Failure.OTHER_FLEET,
                "this machine is endpoint " + identity.endpointId() + " of " + identity.server() + ", and " + server
                        + " does not know it by that name. To move it: \"cordon-agent uninstall\", then enroll again");
    }

    private ServerReply request(URI server, EnrollmentToken token, DeviceKey key)
            throws InterruptedException, GeneralSecurityException, IOException {
        ObjectNode body = JSON.createObjectNode()
                .put("token", token.text())
                .put("csr", key.certificateRequest())
                .put("hostname", machine.hostname())
                .put("os", machine.os())
                .put("osVersion", machine.osVersion())
                .put("arch", machine.arch())
                .put("agentVersion", machine.agentVersion())
                .put("machineId", machine.machineId());
        HttpRequest post = HttpRequest.newBuilder(URI.create(server + PATH))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .timeout(limits.exchange())
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        return new Exchange(
                        HttpClients.pinned(token.pin(), limits).sendAsync(post, BoundedBody.of(LONGEST_ANSWER)),
                        limits.exchange(),
                        reply -> {})
                .await();
    }
}
