package io.cordon.agent.os.windows.accounts;

/** What failed logons of a sandbox account mean, and what to do, by error number of {@code winerror.h}. */
final class LogonErrors {
    private LogonErrors() {}

    static String explain(int error) {
        return switch (error) {
            case SandboxCredentials.ERROR_LOGON_FAILURE -> "error 1326: somebody changed its password";
            // LogonUserExExW says the first where it means the second.
            case 5, 1314 ->
                "error " + error
                        + ": the service lacks SeTcbPrivilege, without which a run's capabilities cannot be groups of"
                        + " its token; nothing is run without them. Repair the service: cordon-agent install-service";
            case 1327 ->
                "error 1327: a policy restricts this account (logon hours, blank passwords). Exempt the group"
                        + " CordonSandboxUsers";
            case 1328, 1329 ->
                "error " + error + ": logon hours or workstations of this account were restricted."
                        + " Remove the restriction";
            case 1330, 1907 -> "error " + error + ": its password counts as expired. Restart the service CordonAgent";
            case 1331 -> "error 1331: somebody disabled the account. Restart the service CordonAgent";
            case 1385 ->
                "error 1385: it may not log on as a batch job. A group policy sets \"Log on as a batch job\" or"
                        + " \"Deny log on as a batch job\" here: add CordonSandboxUsers to the first, or take what covers it"
                        + " out of the second, then run gpupdate and \"cordon-agent preflight\"";
            case 1909 ->
                "error 1909: it is locked out after failed logons that were not Cordon's. It is tried again"
                        + " later; find out who tries (security log, event 4625)";
            default -> "error " + error + ". Run \"cordon-agent preflight\"";
        };
    }
}
