package io.cordon.agent.os.windows.win32;

@Header(value = "netfw.h", type = "INetFwRule3")
final class NetFwRule3Slots {
    static final int get_Name = 7;
    static final int put_Name = 8;
    static final int put_Description = 10;
    static final int get_Protocol = 15;
    static final int put_Protocol = 16;
    static final int get_RemotePorts = 19;
    static final int put_RemotePorts = 20;
    static final int get_RemoteAddresses = 23;
    static final int put_RemoteAddresses = 24;
    static final int get_Direction = 27;
    static final int put_Direction = 28;
    static final int get_Enabled = 33;
    static final int put_Enabled = 34;
    static final int get_Grouping = 35;
    static final int put_Grouping = 36;
    static final int get_Profiles = 37;
    static final int put_Profiles = 38;
    static final int get_Action = 41;
    static final int put_Action = 42;
    static final int get_LocalUserAuthorizedList = 49;
    static final int put_LocalUserAuthorizedList = 50;

    private NetFwRule3Slots() {}
}
