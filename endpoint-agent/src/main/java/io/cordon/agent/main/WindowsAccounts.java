package io.cordon.agent.main;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.CapabilitySids;
import io.cordon.agent.os.windows.accounts.SandboxProvisioner;
import io.cordon.agent.os.windows.accounts.SandboxSids;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox accounts, as a start finds or makes them.
 *
 * @param ours whether there are any of this installation's; otherwise the SIDs are nobody's, so that nothing matches them
 * @param problem why nothing may run as them
 */
record WindowsAccounts(
        SandboxSids sids, boolean ours, @Nullable String problem) {
    private static final Logger LOG = Logger.getLogger(WindowsAccounts.class.getName());

    private static WindowsAccounts none(String problem) {
        return new WindowsAccounts(nobody(), false, problem);
    }

    /** Makes them what they should be, unless the machine refuses. */
    static WindowsAccounts converge(WindowsApi windows, Ledger ledger, SecureRandom random) {
        SandboxProvisioner provisioner = new SandboxProvisioner(windows.accounts(), windows.registry(), ledger, random);
        WindowsPreflight preflight = new WindowsPreflight(windows);
        try {
            String refused = preflight.refusalBeforeAccounts();
            if (refused != null) {
                return provisioner
                        .known()
                        .map(sids -> new WindowsAccounts(sids, true, refused))
                        .orElseGet(() -> none(refused));
            }
            windows.boundary().enablePrivileges();
            SandboxProvisioner.Result result = provisioner.provision();
            if (result instanceof SandboxProvisioner.Result.Ready ready) {
                ready.changed().forEach(line -> LOG.log(Level.INFO, "accounts: {0}", line));
                return new WindowsAccounts(ready.sids(), true, preflight.refusalWithAccounts());
            }
            return none(((SandboxProvisioner.Result.Refused) result).message());
        } catch (IOException e) {
            return none("the sandbox accounts cannot be made: " + e.getMessage()
                    + ". Run \"cordon-agent preflight\", then restart the service");
        }
    }

    static SandboxSids nobody() {
        CapabilitySids fresh = new CapabilitySids();
        Map<SandboxAccount, Sid> sids = new EnumMap<>(SandboxAccount.class);
        for (SandboxAccount each : SandboxAccount.values()) {
            sids.put(each, fresh.get());
        }
        return new SandboxSids(fresh.get(), sids);
    }
}
