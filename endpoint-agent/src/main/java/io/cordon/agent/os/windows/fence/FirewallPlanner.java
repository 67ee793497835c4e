package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.SandboxSids;
import java.util.List;

/**
 * The same fence in the terms of Windows Firewall. It is the layer that administrators see, not the one that holds: Microsoft
 * documents the list of local users for app containers only, and a group policy can switch local rules off.
 */
final class FirewallPlanner {
    private static final String LOOPBACK = "127.0.0.0/8,::1";

    private final SandboxSids sids;

    FirewallPlanner(SandboxSids sids) {
        this.sids = sids;
    }

    /** Rules in the order in which they are to be written. */
    List<FirewallRule> plan(FenceGoal goal) {
        return FilterPlanner.FENCED.stream()
                .flatMap(account -> rules(account, goal).stream())
                .toList();
    }

    private List<FirewallRule> rules(SandboxAccount account, FenceGoal goal) {
        String user = userList(sids.of(account));
        String name = account.accountName();
        String elsewhere = Ranges.addressesButLoopback();
        return List.of(
                new FirewallRule("Cordon " + name + " outbound", true, FirewallRule.ANY_PROTOCOL, elsewhere, "", user),
                new FirewallRule("Cordon " + name + " inbound", false, FirewallRule.ANY_PROTOCOL, elsewhere, "", user),
                new FirewallRule("Cordon " + name + " loopback UDP", true, FirewallRule.UDP, LOOPBACK, "", user),
                new FirewallRule(
                        "Cordon " + name + " loopback TCP",
                        true,
                        FirewallRule.TCP,
                        LOOPBACK,
                        ports(account, goal),
                        user));
    }

    private static String ports(SandboxAccount account, FenceGoal goal) {
        return Ranges.ports(Ranges.portsBut(
                goal.permittedTo(account).stream().map(Endpoint::port).toList()));
    }

    /** The same rule before its ports are narrowed: written first, so that there is no moment with neither. */
    static FirewallRule closed(FirewallRule rule) {
        return rule.remotePorts().isEmpty()
                ? rule
                : new FirewallRule(
                        rule.name(),
                        rule.outbound(),
                        rule.protocol(),
                        rule.remoteAddresses(),
                        Ranges.ports(Ranges.portsBut(List.of())),
                        rule.userList());
    }

    /** CC is bit 0, which in a list of users means "is selected". */
    static String userList(Sid sid) {
        return "O:LSD:(A;;CC;;;" + sid + ")";
    }
}
