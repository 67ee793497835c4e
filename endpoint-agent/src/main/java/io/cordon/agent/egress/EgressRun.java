package io.cordon.agent.egress;

import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunIds;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** A run while it may use the proxy: the policy that decided it, who is connected for it, and what it used. Safe for concurrent use. */
public final class EgressRun {
    /** Attempts that are kept one by one; later ones are counted. */
    static final int MAX_RECORDED = 2000;
    /** Hosts and ports whose first allowed attempt is kept all the same: a flood must not hide where a run went. */
    static final int MAX_WAYS = 1000;

    private final String runId;
    private final RunIds ids;
    private final ResolvedPolicy policy;
    private final Redactor redactor;
    private final byte[] secret;
    private final Set<Runnable> connected = new HashSet<>();
    private boolean ended;
    private boolean told;
    private final Set<String> ways = new HashSet<>();
    private long attempts;
    private long unrecorded;
    private long denied;
    private long up;
    private long down;

    EgressRun(String runId, RunIds ids, ResolvedPolicy policy, Redactor redactor, byte[] secret) {
        this.runId = runId;
        this.ids = ids;
        this.policy = policy;
        this.redactor = redactor;
        this.secret = secret.clone();
    }

    public String runId() {
        return runId;
    }

    public RunIds ids() {
        return ids;
    }

    ResolvedPolicy policy() {
        return policy;
    }

    Redactor redactor() {
        return redactor;
    }

    byte[] secret() {
        return secret;
    }

    /** Whether there is room for one more connection of this run; {@code cut} ends it when the run does. */
    synchronized boolean connect(Runnable cut, int most) {
        return !ended && connected.size() < most && connected.add(cut);
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** Counts bytes; false when the run has used up what it may. */
    synchronized boolean count(long sent, long received, long most) {
        up += sent;
        down += received;
        return most == 0 || (up <= most && down <= most);
    }

    /** Counts an attempt; false when it is no longer kept by itself. */
    synchronized boolean attempted(EgressAttempt attempt) {
        attempts++;
        denied += attempt.allowed() ? 0 : 1;
        boolean first = attempt.allowed() && ways.size() < MAX_WAYS && ways.add(attempt.host() + ":" + attempt.port());
        boolean kept = first || attempts <= MAX_RECORDED;
        unrecorded += kept ? 0 : 1;
        return kept;
    }

    /** A connection is closed and its attempt is told. */
    void disconnect(Runnable cut, EgressLog log, Instant now) {
        synchronized (this) {
            connected.remove(cut);
        }
        tellEnd(log, now);
    }

    /** The run is over: nothing more may go out. */
    void end(EgressLog log, Instant now) {
        Set<Runnable> open;
        synchronized (this) {
            ended = true;
            open = Set.copyOf(connected);
        }
        open.forEach(Runnable::run);
        tellEnd(log, now);
    }

    private void tellEnd(EgressLog log, Instant now) {
        EgressSummary summary;
        synchronized (this) {
            if (!ended || told || !connected.isEmpty()) {
                return;
            }
            told = true;
            summary = new EgressSummary(now, attempts, denied, unrecorded, up, down);
        }
        if (summary.attempts() > 0) {
            log.ended(this, summary);
        }
    }
}
