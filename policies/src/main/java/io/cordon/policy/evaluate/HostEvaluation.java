package io.cordon.policy.evaluate;

import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Host;
import io.cordon.policy.model.HostRule;
import io.cordon.policy.model.Network;
import io.cordon.policy.model.NetworkMode;
import java.util.List;
import java.util.Optional;

/** Decides on a host and port (SPEC 4.8): deny first, then what the mode leaves. */
final class HostEvaluation {

    private HostEvaluation() {}

    static HostDecision decide(Network network, NetworkMode enforced, String given, int port) {
        Optional<Host> parsed = Host.parse(given);
        if (parsed.isEmpty() || port < 1 || port > 65535) {
            return new HostDecision(
                    Decision.DENY,
                    "invalid-host",
                    "It is no host name or address with a port from 1 to 65535; write names beyond ASCII as xn--.",
                    given);
        }
        Host host = parsed.get();
        Optional<HostRule> denied = first(network.deny(), host, port);
        if (denied.isPresent()) {
            return deny(host, "host-deny:" + denied.get(), "The policy denies " + denied.get() + ".");
        }
        boolean relayed = host.isLoopback() && network.loopbackPorts().contains(port);
        return switch (enforced) {
            case ONLINE -> allow(host, "network-online", "The policy leaves the host's network.");
            case PROXY -> relayed ? relayed(host, port) : proxy(network, host, port);
            case OFFLINE -> relayed ? relayed(host, port) : deny(host, "network-offline", offlineReason(network));
        };
    }

    private static HostDecision proxy(Network network, Host host, int port) {
        return first(network.allow(), host, port)
                .map(rule -> allow(host, "host-allow:" + rule, "The policy allows " + rule + "."))
                .orElseGet(() -> deny(host, "host-not-allowed", "It is not on the list of allowed hosts."));
    }

    private static HostDecision relayed(Host host, int port) {
        return allow(host, "loopback:" + port, "The policy keeps this loopback port reachable.");
    }

    private static String offlineReason(Network network) {
        return network.mode() == NetworkMode.PROXY
                ? "The policy asks for the egress proxy, which this endpoint does not have yet: it is offline."
                : "The policy leaves no network.";
    }

    private static Optional<HostRule> first(List<HostRule> rules, Host host, int port) {
        return rules.stream().filter(rule -> rule.matches(host, port)).findFirst();
    }

    private static HostDecision allow(Host host, String rule, String reason) {
        return new HostDecision(Decision.ALLOW, rule, reason, host.text());
    }

    private static HostDecision deny(Host host, String rule, String reason) {
        return new HostDecision(Decision.DENY, rule, reason, host.text());
    }
}
