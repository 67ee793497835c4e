package io.cordon.agent.enrollment;

import java.time.Instant;

/** What came of an attempt to renew the device certificate. */
public sealed interface RenewalResult {
    /** The new certificate is stored and in use. */
    record Renewed(Instant notAfter) implements RenewalResult {}

    /** The server's answer is not acceptable; the old certificate stays. */
    record Refused(String why) implements RenewalResult {}

    /** The server could not do it now; to be tried again. */
    record Unavailable(String why) implements RenewalResult {}
}
