package io.cordon.agent.os;

import java.util.List;

/**
 * The network a confined process gets.
 *
 * @param online false: an empty network with only its own loopback
 * @param loopbackPorts TCP ports of the host's loopback that are relayed into it, ascending, unique
 * @param notices where this is narrower than the policy asks for, one line each
 */
public record NetworkPlan(boolean online, List<Integer> loopbackPorts, List<String> notices) {
    public NetworkPlan {
        loopbackPorts = List.copyOf(loopbackPorts);
        notices = List.copyOf(notices);
    }
}
