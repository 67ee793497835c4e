package io.cordon.agent.adapters.copilot;

import io.cordon.agent.adapters.SettingsText;
import io.cordon.policy.model.HostRule;
import io.cordon.policy.model.Network;
import io.cordon.policy.model.NetworkMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The network in Copilot CLI's rules over domains, which hold for its web tools and for addresses that it sees in commands.
 *
 * @param limitTo the only domains, when there is a bound; empty within means none
 */
record CopilotDomains(Set<String> deny, Set<String> allow, Optional<Set<String>> limitTo, List<String> limits) {

    static CopilotDomains of(Network network) {
        Set<String> deny = new TreeSet<>();
        Set<String> reached = new TreeSet<>();
        Set<String> unsaid = new TreeSet<>();
        for (HostRule rule : network.mode() == NetworkMode.OFFLINE ? List.<HostRule>of() : network.deny()) {
            // With its ports or methods left out it would refuse more than the policy does.
            if (isSaid(rule) && rule.ports().isEmpty() && rule.methods().isEmpty()) {
                deny.add(domain(rule));
            } else {
                unsaid.add(rule.toString());
            }
        }
        for (HostRule rule : network.mode() == NetworkMode.PROXY ? network.allow() : List.<HostRule>of()) {
            if (isSaid(rule)) {
                reached.add(domain(rule));
            } else {
                unsaid.add(rule.toString());
            }
        }
        if (!network.loopbackPorts().isEmpty() && network.mode() != NetworkMode.ONLINE) {
            reached.add("Domain(localhost)");
            reached.add("Domain(127.0.0.1)");
        }
        boolean everything = network.mode() == NetworkMode.ONLINE || reached.contains("Domain(*)");
        if (everything) {
            reached.add("Domain(*)");
        }
        return new CopilotDomains(
                deny, reached, everything ? Optional.empty() : Optional.of(reached), limits(network, unsaid));
    }

    /** IPv6 has no form in these rules that was seen to work. */
    private static boolean isSaid(HostRule rule) {
        return rule.host().value().indexOf(':') < 0;
    }

    private static String domain(HostRule rule) {
        return "Domain(" + rule.host().value() + ")";
    }

    private static List<String> limits(Network network, Set<String> unsaid) {
        List<String> limits = new ArrayList<>();
        if (!unsaid.isEmpty()) {
            limits.add("Copilot CLI cannot be told these hosts: " + SettingsText.some(unsaid)
                    + "; Cordon's egress proxy decides for commands.");
        }
        boolean narrowed = network.mode() == NetworkMode.PROXY
                && network.allow().stream()
                        .anyMatch(rule ->
                                !rule.ports().isEmpty() || !rule.methods().isEmpty());
        if (narrowed) {
            limits.add(
                    "Copilot CLI cannot enforce ports and methods: it is told the hosts alone; Cordon's egress proxy decides for"
                            + " commands.");
        }
        return limits;
    }
}
