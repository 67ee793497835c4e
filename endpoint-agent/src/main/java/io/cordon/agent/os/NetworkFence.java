package io.cordon.agent.os;

/** Turns the network part of a policy into what this machine can enforce; never into more than the policy allows. */
public interface NetworkFence {
    NetworkPlan plan(NetworkBoundary boundary);
}
