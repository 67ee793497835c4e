package io.cordon.agent.os.windows.fence;

import java.util.Locale;

/**
 * One thing that the probe tries as the sandbox account.
 *
 * @param port destination; 0 where the kind has none
 */
record Attempt(Kind kind, IpAddress address, int port, Expectation expectation) {
    /** What is tried; the probe knows them by {@link #word()}. */
    enum Kind {
        /** Connect, then send the probe's mark. */
        TCP,
        /** Send the probe's mark in a datagram. */
        UDP,
        /** Bind a TCP port and listen on it. */
        LISTEN,
        /** ICMP echo request through the system's call for it. */
        ECHO,
        /** TCP in a thread whose token has the account only to deny. */
        STRIPPED,
        /** TCP in a child process whose token has the account only to deny. */
        STRIPPED_CHILD,
        /** TCP in a thread that impersonates the anonymous user. */
        ANONYMOUS;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether the process got rid of its account first. */
        boolean shedsAccount() {
            return this == STRIPPED || this == STRIPPED_CHILD || this == ANONYMOUS;
        }
    }

    /** What is to come of it. */
    enum Expectation {
        BLOCKED,
        PASSES,
        /** Either; it is known and said ({@link DeclaredLeak}). */
        KNOWN
    }

    /** The probe's argument: kind/address/port. */
    String argument() {
        return kind.word() + "/" + address + "/" + port;
    }
}
