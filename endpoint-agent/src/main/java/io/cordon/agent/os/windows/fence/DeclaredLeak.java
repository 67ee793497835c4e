package io.cordon.agent.os.windows.fence;

import java.util.Arrays;
import java.util.List;

/**
 * What the fence of an account cannot close, because Windows itself sends on a program's behalf and under another account than
 * the program's. Each run without network says so.
 *
 * <p>Name resolution was looked into. The DNS client ({@code Dnscache}, NETWORK SERVICE) answers over a local RPC port whose
 * access list the service sets anew at each start and which no documented call can open to change; a filter on the RPC layer for
 * the user does not close it; stopping the service or a resolution policy would hit every user of the machine.
 */
public enum DeclaredLeak {
    NAMES("names can still be resolved through the system's DNS client, which asks on its own account:"
            + " data could leave inside names that are looked up"),
    ECHO("ping may still work: the system sends ICMP echo requests on its own account"),
    SERVICES("the system opens network shares (SMB, WebDAV) and runs background transfers on its own account:"
            + " what a confined command asks of them is not held back by its account's fence");

    private final String notice;

    DeclaredLeak(String notice) {
        this.notice = notice;
    }

    /** One line for people. */
    public String notice() {
        return notice;
    }

    static List<String> notices() {
        return Arrays.stream(values()).map(DeclaredLeak::notice).toList();
    }
}
