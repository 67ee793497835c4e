package io.cordon.agent.egress;

import io.cordon.policy.model.Host;
import io.cordon.policy.model.HostPattern;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxy of the company's network, which this one goes through. It is part of the machine's configuration and not of a
 * policy: it says how the network is reached and not what may be.
 *
 * @param host name or address; used as it is, since whoever configures this machine names it
 * @param user of Basic authentication, the only kind there is here (Negotiate and NTLM are not supported); null for none
 * @param direct hosts that are reached without it
 */
public record UpstreamProxy(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        List<HostPattern> direct) {

    public UpstreamProxy {
        if (Host.parse(host).isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException(
                    "upstream: " + host + ":" + port + " (expected: a host name or address, and a port)");
        }
        if ((user == null) != (password == null) || (user != null && user.indexOf(':') >= 0)) {
            throw new IllegalArgumentException("upstream: user and password go together, and a user has no colon");
        }
        direct = List.copyOf(direct);
    }

    boolean isFor(Host target) {
        return direct.stream().noneMatch(pattern -> pattern.matches(target));
    }

    /** The value of {@code Proxy-Authorization}. */
    Optional<String> authorization() {
        return Optional.ofNullable(user)
                .map(name -> "Basic "
                        + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    /** The request that makes it a tunnel to the target. */
    byte[] connect(Target target) {
        return ("CONNECT " + target.authority() + " HTTP/1.1\r\nHost: " + target.authority() + "\r\n"
                        + authorization()
                                .map(value -> "Proxy-Authorization: " + value + "\r\n")
                                .orElse("")
                        + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return (user == null ? "" : user + "@") + host + ":" + port + " but for " + direct;
    }
}
