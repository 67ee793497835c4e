package io.cordon.agent.os.windows.win32;

@Header(value = "oaidl.h", type = "IEnumVARIANT")
final class EnumVariantSlots {
    static final int Next = 3;

    private EnumVariantSlots() {}
}
