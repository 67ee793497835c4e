package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Variant.VARIANT;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.fence.FirewallRule;
import io.cordon.agent.os.windows.fence.FirewallRules;
import io.cordon.agent.os.windows.fence.ModifyState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The machine's Windows Firewall, over its COM interfaces. */
public final class NativeFirewallRules implements FirewallRules {
    private static final int VARIANT_VALUE = 8;

    private final ComThread thread = new ComThread("windows-firewall");

    @Override
    public ModifyState modifyState() throws IOException {
        return thread.call(() -> {
            try (ComObject policy = policy()) {
                IntByReference state = new IntByReference(-1);
                // Not through automation, which would lose the difference between S_OK and S_FALSE.
                int result = policy.invoke(NetFwPolicy2Slots.get_LocalPolicyModifyState, state);
                return new ModifyState(result, state.getValue());
            }
        });
    }

    private static ComObject policy() throws IOException {
        return ComObject.create("INetFwPolicy2", NetFwGuids.CLSID_NetFwPolicy2, NetFwGuids.IID_INetFwPolicy2);
    }

    private static ComObject rules(ComObject policy) throws IOException {
        return policy.getObject("get_Rules", NetFwPolicy2Slots.get_Rules, "INetFwRules");
    }

    @Override
    public List<Found> rules() throws IOException {
        return thread.call(() -> {
            try (ComObject policy = policy();
                    ComObject rules = rules(policy)) {
                return ours(rules);
            }
        });
    }

    private static List<Found> ours(ComObject rules) throws IOException {
        try (ComObject unknown = rules.getObject("get__NewEnum", NetFwRulesSlots.get__NewEnum, "IUnknown");
                ComObject all = unknown.as("IEnumVARIANT", AutomationGuids.IID_IEnumVARIANT)) {
            List<Found> ours = new ArrayList<>();
            while (next(all, ours)) {
                // Until there is none left.
            }
            return ours;
        }
    }

    private static boolean next(ComObject all, List<Found> ours) throws IOException {
        // Zeroed, which is a VARIANT of nothing.
        Memory item = new Memory(new VARIANT().size());
        item.clear();
        IntByReference fetched = new IntByReference();
        int result = all.invoke(EnumVariantSlots.Next, 1, item, fetched);
        if (result == NetFwConstants.S_FALSE || result == NetFwConstants.S_OK && fetched.getValue() == 0) {
            return false;
        }
        if (result != NetFwConstants.S_OK) {
            throw new IOException(String.format("IEnumVARIANT::Next: 0x%08X", result));
        }
        try {
            read(item, ours);
        } finally {
            OleAut32Variants.Loaded.INSTANCE.VariantClear(item);
        }
        return true;
    }

    private static void read(Pointer variant, List<Found> ours) throws IOException {
        int type = variant.getShort(0);
        if (type != NetFwConstants.VT_DISPATCH) {
            throw new IOException("IEnumVARIANT::Next: variant of type " + type + " (expected: 9, an object)");
        }
        // Borrowed from the variant, which gives the reference back.
        ComObject borrowed = new ComObject("IDispatch", variant.getPointer(VARIANT_VALUE));
        try (ComObject rule = borrowed.as("INetFwRule3", NetFwGuids.IID_INetFwRule3)) {
            if (FirewallRuleProperties.group(rule).equals(FirewallRule.GROUP)) {
                ours.add(FirewallRuleProperties.read(rule));
            }
        }
    }

    @Override
    public void put(FirewallRule wanted) throws IOException {
        thread.call(() -> {
            try (ComObject policy = policy();
                    ComObject rules = rules(policy)) {
                // Windows takes several rules of one name.
                long count = ours(rules).stream()
                        .filter(found -> found.name().equals(wanted.name()))
                        .count();
                if (count != 1 || !changed(rules, wanted)) {
                    remove(rules, wanted.name(), count);
                    add(rules, wanted);
                }
                return true;
            }
        });
    }

    /** In place, so that there is no moment without it; not possible from every state that others may have left it in. */
    private static boolean changed(ComObject rules, FirewallRule wanted) throws IOException {
        try (ComObject item = rules.getObjectByText("Item", NetFwRulesSlots.Item, wanted.name(), "INetFwRule");
                ComObject rule = item.as("INetFwRule3", NetFwGuids.IID_INetFwRule3)) {
            try {
                FirewallRuleProperties.write(rule, wanted);
            } catch (IOException e) {
                return false;
            }
            return FirewallRuleProperties.read(rule).text().equals(wanted.text());
        }
    }

    private static void add(ComObject rules, FirewallRule wanted) throws IOException {
        try (ComObject rule = FirewallRuleProperties.make(wanted)) {
            rules.call("Add", NetFwRulesSlots.Add, rule.pointer());
        }
    }

    @Override
    public void remove(String name) throws IOException {
        thread.call(() -> {
            try (ComObject policy = policy();
                    ComObject rules = rules(policy)) {
                remove(
                        rules,
                        name,
                        ours(rules).stream()
                                .filter(found -> found.name().equals(name))
                                .count());
                return true;
            }
        });
    }

    private static void remove(ComObject rules, String name, long count) throws IOException {
        for (long i = 0; i < count; i++) {
            rules.callWithText("Remove", NetFwRulesSlots.Remove, name);
        }
    }
}
