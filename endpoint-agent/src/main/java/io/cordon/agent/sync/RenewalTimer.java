package io.cordon.agent.sync;

import io.cordon.agent.enrollment.CertificateRenewal;
import io.cordon.agent.enrollment.RenewalResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/** Renews the device certificate when it is due, and again after a failed try, with the same waits as everything else. */
final class RenewalTimer {
    private static final Logger LOG = Logger.getLogger(RenewalTimer.class.getName());

    private final CertificateRenewal renewal;
    private final InstantSource clock;
    private final Backoff backoff;
    private Instant notBefore = Instant.EPOCH;
    private String lastProblem = "";

    RenewalTimer(CertificateRenewal renewal, InstantSource clock, RandomGenerator random) {
        this.renewal = renewal;
        this.clock = clock;
        this.backoff = new Backoff(random);
    }

    /**
     * Renews if it is time. An expired certificate is tried as well: the server takes it for this one request, so a machine
     * that was away for longer than its certificate's life returns without a new token.
     */
    void tick() throws InterruptedException {
        Instant now = clock.instant();
        if (now.isBefore(renewal.due()) || now.isBefore(notBefore)) {
            return;
        }
        RenewalResult result = renewal.renew();
        if (result instanceof RenewalResult.Renewed renewed) {
            backoff.reset();
            notBefore = Instant.EPOCH;
            lastProblem = "";
            LOG.log(Level.INFO, "device certificate renewed, valid until {0}", renewed.notAfter());
            return;
        }
        notBefore = now.plus(backoff.next());
        String why = result instanceof RenewalResult.Refused refused
                ? "refused: " + refused.why()
                : ((RenewalResult.Unavailable) result).why();
        if (!why.equals(lastProblem)) {
            LOG.log(Level.WARNING, "device certificate not renewed: {0}", why);
            lastProblem = why;
        }
    }
}
