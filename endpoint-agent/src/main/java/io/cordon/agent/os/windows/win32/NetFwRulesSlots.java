package io.cordon.agent.os.windows.win32;

@Header(value = "netfw.h", type = "INetFwRules")
final class NetFwRulesSlots {
    static final int Add = 8;
    static final int Remove = 9;
    static final int Item = 10;
    static final int get__NewEnum = 11;

    private NetFwRulesSlots() {}
}
