package io.cordon.agent.egress;

/** Where attempts go. Called from the event loops: it never blocks and never throws. */
public interface EgressLog {
    void attempt(EgressRun run, EgressAttempt attempt);

    /** Called once for a run that made any attempts, after its last one. */
    void ended(EgressRun run, EgressSummary summary);
}
