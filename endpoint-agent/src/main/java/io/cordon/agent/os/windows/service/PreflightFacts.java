package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.windows.Sid;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the machine is like, before anything is changed.
 *
 * @param productType 1 workstation, 2 domain controller, 3 server ({@code wProductType})
 * @param build of Windows
 * @param services by name: those of {@link Preflight#SERVICES} that run
 * @param lockoutThreshold failed logons that lock an account; 0 when none do
 * @param batchAllowed who has {@code SeBatchLogonRight}
 * @param batchDenied who has {@code SeDenyBatchLogonRight}
 * @param accounts the sandbox accounts and their group, as far as they exist
 * @param foreignAccounts local users of other products that confine agents
 * @param applicationControl AppLocker and WDAC policies that were found, one name each
 * @param wsl whether the Windows Subsystem for Linux is installed
 * @param unknown what could not be found out, one line each with the reason
 */
public record PreflightFacts(
        int productType,
        int build,
        Set<String> services,
        int lockoutThreshold,
        Set<Sid> batchAllowed,
        Set<Sid> batchDenied,
        Optional<Set<Sid>> accounts,
        List<String> foreignAccounts,
        List<String> applicationControl,
        boolean wsl,
        List<String> unknown) {
    public PreflightFacts {
        services = Set.copyOf(services);
        batchAllowed = Set.copyOf(batchAllowed);
        batchDenied = Set.copyOf(batchDenied);
        accounts = accounts.map(Set::copyOf);
        foreignAccounts = List.copyOf(foreignAccounts);
        applicationControl = List.copyOf(applicationControl);
        unknown = List.copyOf(unknown);
    }

    /** The same machine as if Cordon had not made its accounts: what making them puts right is then no reason to refuse. */
    public PreflightFacts withoutAccounts() {
        return new PreflightFacts(
                productType,
                build,
                services,
                lockoutThreshold,
                batchAllowed,
                batchDenied,
                Optional.empty(),
                foreignAccounts,
                applicationControl,
                wsl,
                unknown);
    }

    /** Finds these facts out. */
    @FunctionalInterface
    public interface Gatherer {
        PreflightFacts gather() throws java.io.IOException;
    }
}
