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
        ANONYMOUS,
        /** TCP in a thread whose token may only be looked at: access checks with it fail. */
        IDENTIFIED,
        /** TCP in a thread whose token has the lowest integrity. */
        LOWERED;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether the process made itself a token first that a filter on its account may not know. */
        boolean shedsAccount() {
            return switch (this) {
                case STRIPPED, STRIPPED_CHILD, ANONYMOUS, IDENTIFIED, LOWERED -> true;
                case TCP, UDP, LISTEN, ECHO -> false;
            };
        }
    }

    /** What is to come of it. */
    enum Expectation {
        BLOCKED,
        PASSES,
        /** Either; it is known and said ({@link DeclaredLeak}). */
        KNOWN
    }

    /** Whether the canary listens there, and answered the agent: by TCP and at the address's own family. */
    boolean isWhereTheAgentGot() {
        return kind == Kind.TCP && port != ProbePlan.SMB && !address.isMapped();
    }

    /** The probe's argument: kind/address/port. */
    String argument() {
        return kind.word() + "/" + address + "/" + port;
    }
}
