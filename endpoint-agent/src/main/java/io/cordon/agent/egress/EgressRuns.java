package io.cordon.agent.egress;

import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunIds;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which runs may use the proxy: each from its plan to its end, by a secret of its own. Safe for concurrent use. */
public final class EgressRuns {
    private static final int SECRET_BYTES = 24;

    private final Map<String, EgressRun> admitted = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final EgressLog log;
    private final InstantSource clock;
    /** Compared with when there is no such run, so that the answer takes as long. */
    private final byte[] nobody = secret().getBytes(StandardCharsets.US_ASCII);

    public EgressRuns(EgressLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Lets a run use the proxy until {@link #end}.
     *
     * @param port where the proxy listens
     * @param policy that decided the run, and decides where it may go
     */
    public ProxyPass admit(int port, String runId, RunIds ids, ResolvedPolicy policy, Redactor redactor) {
        String secret = secret();
        EgressRun run = new EgressRun(runId, ids, policy, redactor, secret.getBytes(StandardCharsets.US_ASCII));
        if (admitted.putIfAbsent(runId, run) != null) {
            throw new IllegalStateException("run " + runId + " already may use the proxy");
        }
        return new ProxyPass(port, runId, secret);
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The credentials are void from now on, and what is connected by them is closed. Does nothing for another run. */
    public void end(String runId) {
        EgressRun run = admitted.remove(runId);
        if (run != null) {
            run.end(log, clock.instant());
        }
    }

    /** The run that shows these credentials. */
    Optional<EgressRun> signedIn(String user, String secret) {
        @Nullable EgressRun run = admitted.get(user);
        boolean same = MessageDigest.isEqual(
                run == null ? nobody : run.secret(), secret.getBytes(StandardCharsets.ISO_8859_1));
        return run != null && same ? Optional.of(run) : Optional.empty();
    }

    EgressLog log() {
        return log;
    }
}
