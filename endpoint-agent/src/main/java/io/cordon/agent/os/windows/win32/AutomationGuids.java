package io.cordon.agent.os.windows.win32;

@Header("oaidl.h")
final class AutomationGuids {
    static final String IID_IEnumVARIANT = "00020404-0000-0000-c000-000000000046";

    private AutomationGuids() {}
}
