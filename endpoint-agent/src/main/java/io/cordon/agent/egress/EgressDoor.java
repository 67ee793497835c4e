package io.cordon.agent.egress;

import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunIds;
import io.cordon.policy.resolve.ResolvedPolicy;

/** How a run is let out, and the door shut behind it. */
public interface EgressDoor {
    /** Where no proxy runs: no plan may say that one can be reached. */
    EgressDoor SHUT = new EgressDoor() {
        @Override
        public ProxyPass admit(String runId, RunIds ids, ResolvedPolicy policy, Redactor redactor) {
            throw new IllegalStateException("run " + runId + " is to use an egress proxy, and there is none");
        }

        @Override
        public void end(String runId) {
            // Nobody was let in.
        }
    };

    /**
     * Lets a run use the proxy until {@link #end}.
     *
     * @param policy that decided the run, and decides where it may go
     */
    ProxyPass admit(String runId, RunIds ids, ResolvedPolicy policy, Redactor redactor);

    /** The run is over: its credentials are void, and what is connected by them is closed. Does nothing for another run. */
    void end(String runId);
}
