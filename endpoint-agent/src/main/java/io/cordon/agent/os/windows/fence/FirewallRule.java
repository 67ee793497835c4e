package io.cordon.agent.os.windows.fence;

/**
 * A block rule of Windows Firewall, on all profiles and enabled.
 *
 * @param name unique among ours; also what finds it again
 * @param protocol IP protocol number, 256 for any
 * @param remoteAddresses comma-separated addresses, ranges and subnets, "*" for any
 * @param remotePorts comma-separated ports and ranges; empty where the protocol has none or all are meant
 * @param userList SDDL that selects the local users
 */
public record FirewallRule(
        String name, boolean outbound, int protocol, String remoteAddresses, String remotePorts, String userList) {
    /** What groups ours in the administrator's view. */
    public static final String GROUP = "Cordon";

    public static final int ANY_PROTOCOL = 256;
    public static final int UDP = 17;
    public static final int TCP = 6;

    /** All of it but the name, in one line that is equal when the rules mean the same. */
    public String text() {
        return (outbound ? "out" : "in") + " protocol " + protocol + " to " + Ranges.canonicalAddresses(remoteAddresses)
                + (remotePorts.isEmpty() ? "" : " ports " + remotePorts) + " of " + userList;
    }
}
