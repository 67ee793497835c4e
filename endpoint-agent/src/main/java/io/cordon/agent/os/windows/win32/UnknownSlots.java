package io.cordon.agent.os.windows.win32;

@Header(value = "unknwn.h", type = "IUnknown")
final class UnknownSlots {
    static final int QueryInterface = 0;
    static final int Release = 2;

    private UnknownSlots() {}
}
