package io.cordon.agent.health;

import java.time.Duration;
import java.time.Instant;

/** Judges the device certificate by what is left of it. */
public final class CertificateCheck {
    private CertificateCheck() {}

    /** @param renewalDue when it should have been replaced at the latest, were all well */
    public static ComponentState judge(Instant now, Instant notBefore, Instant notAfter, Instant renewalDue) {
        if (!now.isBefore(notAfter)) {
            return ComponentState.ill("expired at " + notAfter
                    + ": it is renewed when the server can be reached; if the server no longer takes it, enroll again with"
                    + " a new token (cordon-agent enroll). The last verified policy stays in force");
        }
        if (now.isBefore(notBefore)) {
            return ComponentState.ill("valid only from " + notBefore + ": check the clock of this machine");
        }
        Duration rest = Duration.between(renewalDue, notAfter);
        if (now.isAfter(renewalDue.plus(rest.dividedBy(2)))) {
            return ComponentState.ill("renewal fails; it expires at " + notAfter);
        }
        return ComponentState.well("valid until " + notAfter);
    }
}
