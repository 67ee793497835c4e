package io.cordon.agent.os.windows.win32;

import io.cordon.agent.os.windows.fence.FirewallRule;
import io.cordon.agent.os.windows.fence.FirewallRules;
import java.io.IOException;

/** The properties of an {@code INetFwRule3}. */
final class FirewallRuleProperties {
    private static final String DESCRIPTION =
            "Made by the Cordon agent for its sandbox accounts; it puts changes right.";

    private FirewallRuleProperties() {}

    /**
     * A rule that is in no policy yet, with what was set read back.
     *
     * @throws IOException also when Windows Firewall made something else of it
     */
    static ComObject make(FirewallRule wanted) throws IOException {
        ComObject rule = ComObject.create("INetFwRule3", NetFwGuids.CLSID_NetFwRule, NetFwGuids.IID_INetFwRule3);
        boolean made = false;
        try {
            write(rule, wanted);
            String text = read(rule).text();
            if (!text.equals(wanted.text())) {
                throw new IOException("rule \"" + wanted.name() + "\": Windows Firewall made of it: " + text
                        + " (expected: " + wanted.text() + ")");
            }
            made = true;
            return rule;
        } finally {
            if (!made) {
                rule.close();
            }
        }
    }

    static void write(ComObject native0, FirewallRule rule) throws IOException {
        native0.callWithText("put_Name", NetFwRule3Slots.put_Name, rule.name());
        native0.callWithText("put_Description", NetFwRule3Slots.put_Description, DESCRIPTION);
        native0.callWithText("put_Grouping", NetFwRule3Slots.put_Grouping, FirewallRule.GROUP);
        int direction = rule.outbound() ? NetFwConstants.NET_FW_RULE_DIR_OUT : NetFwConstants.NET_FW_RULE_DIR_IN;
        native0.call("put_Direction", NetFwRule3Slots.put_Direction, direction);
        native0.call("put_Action", NetFwRule3Slots.put_Action, NetFwConstants.NET_FW_ACTION_BLOCK);
        native0.call("put_Profiles", NetFwRule3Slots.put_Profiles, NetFwConstants.NET_FW_PROFILE2_ALL);
        // Before the ports, which only some protocols have.
        native0.call("put_Protocol", NetFwRule3Slots.put_Protocol, rule.protocol());
        native0.callWithText("put_RemoteAddresses", NetFwRule3Slots.put_RemoteAddresses, rule.remoteAddresses());
        if (!rule.remotePorts().isEmpty()) {
            native0.callWithText("put_RemotePorts", NetFwRule3Slots.put_RemotePorts, rule.remotePorts());
        }
        native0.callWithText(
                "put_LocalUserAuthorizedList", NetFwRule3Slots.put_LocalUserAuthorizedList, rule.userList());
        native0.call("put_Enabled", NetFwRule3Slots.put_Enabled, (short) NetFwConstants.VARIANT_TRUE);
    }

    static String group(ComObject native0) throws IOException {
        return native0.getText("get_Grouping", NetFwRule3Slots.get_Grouping);
    }

    static FirewallRules.Found read(ComObject native0) throws IOException {
        int direction = native0.getInt("get_Direction", NetFwRule3Slots.get_Direction);
        String ports = native0.getText("get_RemotePorts", NetFwRule3Slots.get_RemotePorts);
        FirewallRule rule = new FirewallRule(
                native0.getText("get_Name", NetFwRule3Slots.get_Name),
                direction == NetFwConstants.NET_FW_RULE_DIR_OUT,
                native0.getInt("get_Protocol", NetFwRule3Slots.get_Protocol),
                native0.getText("get_RemoteAddresses", NetFwRule3Slots.get_RemoteAddresses),
                ports.equals("*") ? "" : ports,
                native0.getText("get_LocalUserAuthorizedList", NetFwRule3Slots.get_LocalUserAuthorizedList));
        StringBuilder strays = new StringBuilder();
        if (!native0.getBoolean("get_Enabled", NetFwRule3Slots.get_Enabled)) {
            strays.append(" (disabled)");
        }
        int action = native0.getInt("get_Action", NetFwRule3Slots.get_Action);
        if (action != NetFwConstants.NET_FW_ACTION_BLOCK) {
            strays.append(" (action ").append(action).append(')');
        }
        int profiles = native0.getInt("get_Profiles", NetFwRule3Slots.get_Profiles);
        if (profiles != NetFwConstants.NET_FW_PROFILE2_ALL) {
            strays.append(" (profiles ").append(profiles).append(')');
        }
        return new FirewallRules.Found(rule.name(), rule.text() + strays);
    }
}
