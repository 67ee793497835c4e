package io.cordon.agent.os.windows.win32;

@Header("netfw.h")
final class NetFwGuids {
    static final String CLSID_NetFwPolicy2 = "e2b3c97f-6ae1-41ac-817a-f6f92166d7dd";
    static final String CLSID_NetFwRule = "2c5bc43e-3369-4c33-ab0c-be9469677af4";
    static final String IID_INetFwPolicy2 = "98325047-c671-4174-8d81-defcd3f03186";
    static final String IID_INetFwRule3 = "b21563ff-d696-4222-ab46-4e89b73ab34a";

    private NetFwGuids() {}
}
