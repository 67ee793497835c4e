package io.cordon.policy.model;

import java.util.Locale;

/** Which network a confined process sees, ordered from the most to the least permissive (SPEC 2.5). */
public enum NetworkMode {
    /** The host's network. */
    ONLINE,
    /** Only what the egress proxy lets through. */
    PROXY,
    /** An empty network; only the loopback ports named by the policy are relayed into it. */
    OFFLINE;

    /** The narrower of this and the other mode. */
    public NetworkMode narrowest(NetworkMode other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The word used in documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #word()} back. */
    public static NetworkMode ofWord(String word) {
        return Words.find(values(), word, "network mode");
    }
}
