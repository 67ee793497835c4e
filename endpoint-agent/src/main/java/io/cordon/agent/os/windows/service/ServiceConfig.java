package io.cordon.agent.os.windows.service;

import java.time.Duration;
import java.util.List;

/**
 * All that the service control manager keeps about a service of ours. It starts automatically, delayed, as LocalSystem, in a
 * process of its own.
 *
 * @param binaryPath the command line, program quoted
 * @param automatic started with the machine
 * @param delayed among the delayed ones
 * @param account as {@code QueryServiceConfigW} names it
 * @param dependencies services that must run before
 * @param restartDelays after the first, second and each later failure
 * @param failureReset seconds without failure after which counting begins anew
 * @param failureOnError whether an exit code other than 0 counts as a failure, not only a crash
 * @param sidType 0 none, 1 unrestricted, 3 restricted
 * @param privileges that the process keeps; it loses all others
 * @param preshutdown how long a shutdown waits for it
 * @param access SDDL of its DACL
 */
public record ServiceConfig(
        String binaryPath,
        String displayName,
        String description,
        boolean automatic,
        boolean delayed,
        String account,
        List<String> dependencies,
        List<Duration> restartDelays,
        int failureReset,
        boolean failureOnError,
        int sidType,
        List<String> privileges,
        Duration preshutdown,
        String access) {
    public static final String NAME = "CordonAgent";

    /** Users may look (the client checks whom it talks to); only administrators and the system start, stop and change. */
    public static final String ACCESS =
            "D:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;SY)(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;BA)" + "(A;;CCLCSWLORC;;;AU)";

    /** A service SID of its own, so that other objects can name this service; the token stays writable everywhere else. */
    static final int SERVICE_SID_TYPE_UNRESTRICTED = 1;

    /**
     * Starting a process as another account (assign, quota, impersonate, and tcb for its session), loading and deleting that
     * account's profile (backup, restore), changing foreign access lists and giving an owner back (take ownership, restore).
     */
    static final List<String> PRIVILEGES = List.of(
            "SeAssignPrimaryTokenPrivilege",
            "SeBackupPrivilege",
            "SeChangeNotifyPrivilege",
            "SeCreateGlobalPrivilege",
            "SeImpersonatePrivilege",
            "SeIncreaseQuotaPrivilege",
            "SeRestorePrivilege",
            "SeTakeOwnershipPrivilege",
            "SeTcbPrivilege");

    public ServiceConfig {
        dependencies = List.copyOf(dependencies);
        restartDelays = List.copyOf(restartDelays);
        privileges = privileges.stream().sorted().toList();
        if (!binaryPath.startsWith("\"")) {
            // An unquoted path with a space lets whoever may write C:\Program.exe run as the service.
            throw new IllegalArgumentException("service command: " + binaryPath + " (expected: \"C:\\…\\program\" …)");
        }
    }

    /** What Cordon wants. */
    public static ServiceConfig wanted(String binaryPath) {
        return new ServiceConfig(
                binaryPath,
                "Cordon Agent",
                "Confines what coding agents run on this computer by the policies of your organisation.",
                true,
                true,
                "LocalSystem",
                // The base filtering engine carries the network fence; RPC the rest.
                List.of("BFE", "RpcSs"),
                List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2)),
                (int) Duration.ofDays(1).toSeconds(),
                true,
                SERVICE_SID_TYPE_UNRESTRICTED,
                PRIVILEGES,
                Duration.ofSeconds(60),
                ACCESS);
    }
}
