package io.cordon.agent.os;

import java.util.List;

/**
 * The network part of a policy, as the ports need it.
 *
 * @param enforced false in audit mode: the network stays as the caller has it
 */
public record NetworkBoundary(boolean enforced, Mode mode, List<Integer> loopbackPorts) {
    /** What the policy asks for. */
    public enum Mode {
        OFFLINE,
        PROXY,
        ONLINE
    }

    public NetworkBoundary {
        loopbackPorts = List.copyOf(loopbackPorts);
    }
}
