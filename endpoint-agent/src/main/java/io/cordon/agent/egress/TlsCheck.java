package io.cordon.agent.egress;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first bytes that go into a tunnel, before any of them does: TLS must ask for the host of the tunnel, and port
 * 443 is for TLS. Other protocols on other ports pass.
 */
final class TlsCheck {
    static final int HTTPS = 443;

    private final Gate gate;
    private final Target target;
    private @Nullable String serverName;

    TlsCheck(Gate gate, Target target) {
        this.gate = gate;
        this.target = target;
    }

    /** What is to be done with the first bytes. */
    sealed interface Result {
        /** Keep them until there are more. */
        record Hold() implements Result {}

        record Pass() implements Result {}

        record Stop(Refusal refusal) implements Result {}
    }

    /** @param ended whether no more can come */
    Result look(ByteBuffer first, boolean ended) {
        ClientHello.Result result = ClientHello.read(first);
        if (result instanceof ClientHello.Result.Hello hello) {
            serverName = hello.serverName();
            Refusal refusal = gate.checkServerName(target, serverName);
            return refusal == null ? new Result.Pass() : new Result.Stop(refusal);
        }
        if (result instanceof ClientHello.Result.Malformed malformed) {
            return stop("malformed-tls", "The first message of TLS cannot be read: " + malformed.reason() + ".");
        }
        if (result instanceof ClientHello.Result.Incomplete && !ended) {
            return new Result.Hold();
        }
        return target.port() == HTTPS
                ? stop("not-tls", "Port 443 is for TLS, and this is something else.")
                : new Result.Pass();
    }

    private static Result stop(String rule, String reason) {
        return new Result.Stop(Refusal.denied(rule, reason));
    }

    /** The name that TLS asked for; null for none, or before it was read. */
    @Nullable
    String serverName() {
        return serverName;
    }
}
