package io.cordon.agent.os.windows.win32;

/** Layers and condition fields, which the Windows SDK defines in {@code fwpmu.h}. */
@Header("fwpmu.h")
final class FwpmGuids {
    static final String FWPM_LAYER_ALE_AUTH_CONNECT_V4 = "c38d57d1-05a7-4c33-904f-7fbceee60e82";
    static final String FWPM_LAYER_ALE_AUTH_CONNECT_V6 = "4a72393b-319f-44bc-84c3-ba54dcb3b6b4";
    static final String FWPM_LAYER_ALE_AUTH_LISTEN_V4 = "88bb5dad-76d7-4227-9c71-df0a3ed7be7e";
    static final String FWPM_LAYER_ALE_AUTH_LISTEN_V6 = "7ac9de24-17dd-4814-b4bd-a9fbc95a321b";
    static final String FWPM_LAYER_ALE_RESOURCE_ASSIGNMENT_V4 = "1247d66d-0b60-4a15-8d44-7155d0f53a0c";
    static final String FWPM_LAYER_ALE_RESOURCE_ASSIGNMENT_V6 = "55a650e1-5f0a-4eca-a653-88f53b26aa8c";
    static final String FWPM_LAYER_ALE_AUTH_RECV_ACCEPT_V4 = "e1cd9fe7-f4b5-4273-96c0-592e487b8650";
    static final String FWPM_LAYER_ALE_AUTH_RECV_ACCEPT_V6 = "a3b42c97-9f04-4672-b87e-cee9c483257f";

    static final String FWPM_CONDITION_ALE_USER_ID = "af043a0a-b34d-4f86-979c-c90371af6e66";
    static final String FWPM_CONDITION_IP_PROTOCOL = "3971ef2b-623e-4f9a-8cb1-6e79b806b9a7";
    static final String FWPM_CONDITION_IP_REMOTE_ADDRESS = "b235ae9a-1d64-49b8-a44c-5ff3d9095045";
    static final String FWPM_CONDITION_IP_REMOTE_PORT = "c35a604d-d22b-4e1a-91b4-68f674ee674b";

    private FwpmGuids() {}
}
