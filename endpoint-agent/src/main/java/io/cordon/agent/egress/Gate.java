package io.cordon.agent.egress;

import io.cordon.policy.evaluate.Evaluator;
import io.cordon.policy.evaluate.HostDecision;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Host;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides where a run may go: by the name, and once more by every address that the name leads to. */
final class Gate {
    private final ResolvedPolicy policy;
    private final int ownPort;
    private final Predicate<InetAddress> own;

    /** @param ownPort of the proxy on the loopback: nobody goes through it to itself */
    Gate(ResolvedPolicy policy, int ownPort) {
        this(policy, ownPort, Gate::isOwn);
    }

    /** @param own whether an address is one of this machine's */
    Gate(ResolvedPolicy policy, int ownPort, Predicate<InetAddress> own) {
        this.policy = policy;
        this.ownPort = ownPort;
        this.own = own;
    }

    /** What listens on all addresses is meant for this machine as much as what listens on the loopback. */
    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Allowed by a rule, or not. */
    sealed interface Verdict {
        /** @param reason one sentence */
        record Allowed(String rule, String reason) implements Verdict {}

        record Denied(Refusal refusal) implements Verdict {}
    }

    /** @param method of plain HTTP; null where it cannot be seen */
    Verdict decide(Target target, @Nullable String method) {
        HostDecision decision = decision(target.host().text(), target.port(), method);
        if (decision.rule().startsWith("loopback:")) {
            return new Verdict.Denied(Refusal.denied(
                    "loopback-is-direct", "This loopback port is reached without the proxy; leave it out there."));
        }
        return decision.decision() == Decision.ALLOW
                ? new Verdict.Allowed(decision.rule(), decision.reason())
                : new Verdict.Denied(Refusal.denied(decision.rule(), decision.reason()));
    }

    /** Why the name must not be followed to these addresses; empty when each of them may be connected to. */
    Optional<Refused> check(Target target, List<InetAddress> addresses, @Nullable String method) {
        return addresses.stream()
                .map(address -> check(target, address, method))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** @param address that it is about */
    record Refused(InetAddress address, Refusal refusal) {}

    private Optional<Refused> check(Target target, InetAddress address, @Nullable String method) {
        String text = Addresses.text(address);
        HostDecision decision = decision(text, target.port(), method);
        if (address.isLoopbackAddress() && target.port() == ownPort) {
            return refused(address, "proxy-itself", "It is this proxy.");
        }
        if (decision.rule().startsWith("host-deny:")) {
            return refused(address, decision.rule(), "It leads to " + text + ": " + decision.reason());
        }
        if (decision.decision() == Decision.ALLOW && decision.rule().startsWith("host-allow:")) {
            return Optional.empty();
        }
        Optional<String> kind = SpecialAddresses.kind(address)
                .or(() -> own.test(address) ? Optional.of("one of this machine's own") : Optional.empty());
        return kind.isEmpty()
                ? Optional.empty()
                : refused(
                        address,
                        "special-address",
                        "It leads to " + text + ", which is " + kind.get()
                                + "; only a rule that allows exactly this address lets it through.");
    }

    private static Optional<Refused> refused(InetAddress address, String rule, String reason) {
        return Optional.of(new Refused(address, Refusal.denied(rule, reason)));
    }

    private HostDecision decision(String host, int port, @Nullable String method) {
        return method == null ? Evaluator.host(policy, host, port) : Evaluator.request(policy, host, port, method);
    }

    /** Why the first message of TLS does not fit the target; null when it does. */
    @Nullable
    Refusal checkServerName(Target target, @Nullable String serverName) {
        if (serverName == null) {
            return target.host().isAddress() || target.port() != TlsCheck.HTTPS
                    ? null
                    : Refusal.denied("no-server-name", "TLS names no server, so nobody can tell where this goes.");
        }
        Optional<Host> named = Host.parse(serverName);
        if (named.isEmpty()) {
            return Refusal.denied("server-name-mismatch", "TLS names a server that is no host name in its one form.");
        }
        if (named.get().equals(target.host())) {
            return null;
        }
        boolean allowedBesideAnAddress = target.host().isAddress()
                && decision(named.get().text(), target.port(), null).decision() == Decision.ALLOW;
        return allowedBesideAnAddress
                ? null
                : Refusal.denied(
                        "server-name-mismatch",
                        "TLS asks for " + named.get().text() + ", the tunnel is for "
                                + target.host().text() + ".");
    }
}
