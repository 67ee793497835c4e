package io.cordon.agent.egress;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What is said between a client and the proxy until it is clear where the client wants to go. One for each connection. */
interface Dialogue {

    /** What to do next. */
    sealed interface Step {
        /** Wait for more bytes. */
        record More() implements Step {}

        /** Say this and go on. */
        record Say(byte[] what) implements Step {}

        record Go(Asked asked) implements Step {}

        /**
         * @param run that asked; null when nobody knows
         * @param asked where to, as far as it may be shown
         */
        record Refuse(
                Refusal refusal,
                @Nullable EgressRun run,
                String asked,
                @Nullable String method) implements Step {}
    }

    /** @param in what has arrived; takes off what it understands */
    Step next(ByteBuffer in);

    /** connect, http or socks5. */
    String protocol();

    /**
     * A refusal in the protocol's own form.
     *
     * @param line for people
     */
    byte[] refusal(Refusal refusal, String line);

    /** What tells the client that its tunnel is there. */
    byte[] established();
}
