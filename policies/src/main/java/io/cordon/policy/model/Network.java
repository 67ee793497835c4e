package io.cordon.policy.model;

import java.util.List;

/**
 * What may be reached (SPEC 2.5). Deny wins over allow; the lists matter in proxy mode, and deny in online mode as well.
 *
 * @param loopbackPorts TCP ports on the host's loopback that stay reachable, 1 to 65535
 */
public record Network(NetworkMode mode, List<HostRule> allow, List<HostRule> deny, List<Integer> loopbackPorts) {

    public Network {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        loopbackPorts = loopbackPorts.stream().map(Ports::checked).toList();
    }
}
