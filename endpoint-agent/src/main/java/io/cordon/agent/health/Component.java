package io.cordon.agent.health;

import java.util.Locale;

/** The parts of an agent that can be well or not. */
public enum Component {
    /** Which policy is in force, and whether it is known to be the newest. */
    POLICY,
    /** Whether commands can be confined: the spawner and the local socket. */
    ENFORCEMENT,
    /** Contact with the server and the signed repository. */
    SYNC,
    /** Whether records are kept and get away. */
    SPOOL,
    /** Whether what coding agents report of themselves is taken, as policy asks. */
    GATEWAY,
    /** Whether the managed settings of coding agents are as policy asks. */
    SETTINGS,
    /** The device certificate. */
    CERTIFICATE,
    /** This machine's clock against the server's. */
    CLOCK;

    /** The name in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
