package io.cordon.policy.evaluate;

import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Host;
import io.cordon.policy.model.HostRule;
import io.cordon.policy.model.Network;
import io.cordon.policy.model.NetworkMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides on a host and port (SPEC 4.8): deny first, then what the mode leaves. */
final class HostEvaluation {

    private HostEvaluation() {}

    /** @param method of plain HTTP; null where it cannot be seen */
    static HostDecision decide(Network network, NetworkMode enforced, String given, int port, @Nullable String method) {
        Optional<Host> parsed = Host.parse(given);
        if (parsed.isEmpty() || port < 1 || port > 65535) {
            return new HostDecision(
                    Decision.DENY,
                    "invalid-host",
                    "It is no host name or address with a port from 1 to 65535; write names beyond ASCII as xn--.",
                    given);
        }
        Host host = parsed.get();
        Optional<HostRule> denied = network.deny().stream()
                .filter(rule -> rule.matches(host, port) && (method == null || rule.meansMethod(method)))
                .findFirst();
        if (denied.isPresent()) {
            return deny(host, "host-deny:" + denied.get(), "The policy denies " + denied.get() + ".");
        }
        boolean relayed = host.isLoopback() && network.loopbackPorts().contains(port);
        return switch (enforced) {
            case ONLINE -> allow(host, "network-online", "The policy leaves the host's network.");
            case PROXY -> relayed ? relayed(host, port) : proxy(network, host, port, method);
            case OFFLINE -> relayed ? relayed(host, port) : deny(host, "network-offline", offlineReason(network));
        };
    }

    private static HostDecision proxy(Network network, Host host, int port, @Nullable String method) {
        List<HostRule> meant = network.allow().stream()
                .filter(rule -> rule.matches(host, port) && (!host.isAddress() || names(rule, host)))
                .toList();
        return meant.stream()
                .filter(rule -> rule.meansMethod(method))
                .findFirst()
                .map(rule -> allow(host, "host-allow:" + rule, "The policy allows " + rule + "."))
                .orElseGet(() -> meant.isEmpty() ? notAllowed(host) : methodNotAllowed(host, meant.get(0), method));
    }

    /** A wildcard is about names: what an address leads to, only a rule with that address can mean. */
    private static boolean names(HostRule rule, Host address) {
        return rule.host().value().equals(address.text());
    }

    private static HostDecision notAllowed(Host host) {
        return deny(
                host,
                "host-not-allowed",
                host.isAddress() ? "No rule allows exactly this address." : "It is not on the list of allowed hosts.");
    }

    private static HostDecision methodNotAllowed(Host host, HostRule rule, @Nullable String method) {
        return deny(
                host,
                "method-not-allowed:" + rule,
                method == null
                        ? "The policy allows only some methods of plain HTTP there, and in a tunnel they cannot be seen."
                        : "The policy does not allow " + method + " there.");
    }

    private static HostDecision relayed(Host host, int port) {
        return allow(host, "loopback:" + port, "The policy keeps this loopback port reachable.");
    }

    private static String offlineReason(Network network) {
        return network.mode() == NetworkMode.PROXY
                ? "The policy asks for the egress proxy, which does not run on this endpoint: it is offline."
                : "The policy leaves no network.";
    }

    private static HostDecision allow(Host host, String rule, String reason) {
        return new HostDecision(Decision.ALLOW, rule, reason, host.text());
    }

    private static HostDecision deny(Host host, String rule, String reason) {
        return new HostDecision(Decision.DENY, rule, reason, host.text());
    }
}
