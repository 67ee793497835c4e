package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.windows.SandboxAccount;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the sandbox accounts' profile folders out of people's sight. Windows makes a profile at the first logon, so that is when
 * its folder can be hidden. Nothing depends on it but tidiness: what fails is logged and tried at the next logon.
 */
public final class ProfileHiding {
    private static final Logger LOG = Logger.getLogger(ProfileHiding.class.getName());

    /** {@code FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM}. */
    static final int HIDDEN = 0x2 | 0x4;

    private final AccountDatabase accounts;
    private final Ledger ledger;
    private final String profiles;

    /** @param profiles folder of all profiles, such as {@code C:\Users} */
    public ProfileHiding(AccountDatabase accounts, Ledger ledger, String profiles) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.profiles = profiles;
    }

    /**
     * A profile was loaded.
     *
     * @param folder that it is in
     * @param temporary whether it is a temporary, roaming or mandatory one
     */
    public synchronized void loaded(SandboxAccount account, String folder, boolean temporary) {
        if (!ProfileFolder.mayHide(account.accountName(), folder, profiles, temporary)) {
            LOG.log(Level.INFO, "{0} is not hidden: it is not the account''s own profile", folder);
            return;
        }
        try {
            hide(account, folder);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} cannot be hidden: {1}", new Object[] {folder, e.getMessage()});
        }
    }

    private void hide(SandboxAccount account, String folder) throws IOException {
        Optional<Integer> before = accounts.attributes(folder);
        if (before.isEmpty() || (before.get() & HIDDEN) == HIDDEN) {
            return;
        }
        Optional<Long> fresh = AccountRecords.of(ledger).hasProfile(folder)
                ? Optional.empty()
                : Optional.of(ledger.intend(AccountRecords.profile(account.accountName(), folder, before.get())));
        accounts.setAttributes(folder, before.get() | HIDDEN);
        if (fresh.isPresent()) {
            ledger.done(fresh.get());
        }
    }
}
