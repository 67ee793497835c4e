package io.cordon.agent.main;

/**
 * Exit codes of {@code cordon-agent}. Those from 64 on follow {@code sysexits.h}; those from 10 to 24 belong to {@code enroll}.
 */
enum ExitCode {
    OK(0),

    TOKEN_UNKNOWN(10),
    TOKEN_USED(11),
    TOKEN_EXPIRED(12),
    TOKEN_REVOKED(13),
    /** The server is not the one that issued the token. */
    PIN_MISMATCH(14),
    /** The server's certificate is for another name. */
    HOST_NAME(15),
    CLOCK(16),
    /** What answers there does not speak Cordon's protocol. */
    NOT_CORDON(17),
    /** This machine belongs to another fleet. */
    OTHER_FLEET(18),
    /** The seed of the signed repository does not verify. */
    TRUST(19),
    /** The server refuses this machine for another reason. */
    REFUSED(20),

    /** Wrong command line. */
    USAGE(64),
    /** A file or value given is wrong: token, root, server URL. */
    BAD_CONFIG(65),
    /** The data folder is damaged. */
    DATA_CORRUPT(66),
    /** The server cannot be reached. */
    UNREACHABLE(69),
    /** A defect of the agent. */
    INTERNAL(70),
    /** Something the agent needs of the operating system is missing or does not work: what confines, the local channel, the service manager. */
    OS(71),
    /** Another agent owns the data or runtime folder. */
    OWNED(73),
    /** A file could not be read or written: disk full, permissions. */
    IO(74),
    /** Not now: the server is busy; the same command later will do. */
    TEMPORARY(75),
    NOT_ROOT(77);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** @throws IllegalArgumentException when no code has this number */
    static ExitCode of(int number) {
        for (ExitCode each : values()) {
            if (each.code == number) {
                return each;
            }
        }
        throw new IllegalArgumentException("exit code: " + number + " (expected: one of cordon-agent's)");
    }
}
