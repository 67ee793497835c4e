package io.cordon.agent.os;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells who is at the other end of a connection to a loopback port of this process. What a sender says of itself is a claim;
 * this is what the claim is held against.
 */
public interface SenderIdentity {
    /** Most ancestors that are looked at. */
    int MAX_LINEAGE = 32;

    /**
     * Must be asked while the connection is open, since only then the other end has an owner.
     *
     * @param peer address and port of the sender's end
     * @param here address and port of this end
     */
    Lookup of(InetSocketAddress peer, InetSocketAddress here);

    /** A process and its ancestors, nearest first, at most {@link #MAX_LINEAGE}; empty when there is no such process. */
    List<Long> lineage(long pid);

    /** Why nobody can be told here, found by trying; null when senders can be told. Takes a moment, so not for every sender. */
    default @Nullable String problem() {
        return null;
    }

    /** For a machine where nobody can be told: so nobody is believed. */
    static SenderIdentity none(String reason) {
        return new SenderIdentity() {
            @Override
            public Lookup of(InetSocketAddress peer, InetSocketAddress here) {
                return new Lookup.Unknown(reason);
            }

            @Override
            public List<Long> lineage(long pid) {
                return List.of();
            }

            @Override
            public String problem() {
                return reason;
            }
        };
    }

    /** Found or not. */
    sealed interface Lookup {
        record Known(Sender sender) implements Lookup {}

        /** @param reason one line */
        record Unknown(String reason) implements Lookup {}
    }
}
