package io.cordon.agent.os;

/**
 * Which account confined processes run as: on Linux the caller's own, on Windows one of the dedicated sandbox accounts.
 */
public interface SandboxUsers {
    /** The account for runs of this caller; cheap enough for every request. */
    Lookup principalFor(Caller caller);

    /** Either the account, or one line that says why there is none. */
    sealed interface Lookup {
        record Known(Principal principal) implements Lookup {}

        record Unknown(String reason) implements Lookup {}
    }
}
