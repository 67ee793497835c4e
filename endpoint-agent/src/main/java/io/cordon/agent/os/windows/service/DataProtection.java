package io.cordon.agent.os.windows.service;

import java.io.IOException;

/** Seals bytes so that only this account on this machine opens them again (DPAPI in the user's context, without any window). */
public interface DataProtection {
    /** Whether this process is the service's account; another one could seal only for itself. */
    boolean asService();

    /** @param purpose must be the same when opening */
    byte[] seal(byte[] plain, byte[] purpose) throws IOException;

    /** @throws IOException for anything that was not sealed by this account, for this purpose, on this machine */
    byte[] open(byte[] sealed, byte[] purpose) throws IOException;
}
