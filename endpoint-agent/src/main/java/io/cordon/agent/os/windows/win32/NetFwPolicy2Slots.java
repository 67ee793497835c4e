package io.cordon.agent.os.windows.win32;

@Header(value = "netfw.h", type = "INetFwPolicy2")
final class NetFwPolicy2Slots {
    static final int get_Rules = 18;
    static final int get_LocalPolicyModifyState = 28;

    private NetFwPolicy2Slots() {}
}
