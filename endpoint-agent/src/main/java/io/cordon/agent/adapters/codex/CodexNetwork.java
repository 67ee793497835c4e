package io.cordon.agent.adapters.codex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.policy.model.HostRule;
import io.cordon.policy.model.Network;
import io.cordon.policy.model.NetworkMode;
import java.util.List;

/** Hosts for commands within Codex's own sandbox. Codex knows names, not ports and methods; denied hosts win there too. */
final class CodexNetwork {
    private CodexNetwork() {}

    static void put(ObjectNode root, Network network, List<String> limits) {
        ObjectNode table = root.putObject("experimental_network");
        table.put("enabled", true).put("managed_allowed_domains_only", true);
        ObjectNode domains = table.putObject("domains");
        boolean ports = false;
        boolean left = false;
        if (network.mode() == NetworkMode.ONLINE) {
            domains.put("*", "allow");
        } else if (network.mode() == NetworkMode.PROXY) {
            for (HostRule rule : network.allow()) {
                // Allowing every method of a host that is only to be read would be more than the policy says.
                if (rule.methods().isEmpty()) {
                    domains.put(rule.host().value(), "allow");
                    ports |= !rule.ports().isEmpty();
                } else {
                    left = true;
                }
            }
        }
        for (HostRule rule : network.deny()) {
            if (rule.ports().isEmpty() && rule.methods().isEmpty()) {
                domains.put(rule.host().value(), "deny");
            } else {
                left = true;
            }
        }
        if (ports) {
            limits.add(
                    "Codex cannot be told the ports of hosts; within its own sandbox every port of an allowed host is allowed");
        }
        if (left) {
            limits.add(
                    "Codex cannot be told hosts that are allowed for some methods, or denied for some ports or methods; it allows"
                            + " and denies none of these");
        }
        if (!network.loopbackPorts().isEmpty() && network.mode() != NetworkMode.ONLINE) {
            limits.add(
                    "Codex cannot be told the ports of this machine that stay reachable; Cordon's sandbox lets commands reach them");
        }
    }
}
