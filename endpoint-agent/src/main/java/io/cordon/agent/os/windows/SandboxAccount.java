package io.cordon.agent.os.windows;

import io.cordon.agent.os.NetworkPlan;

/** The dedicated local accounts that confined processes run as: the network fence knows a process by its account. */
public enum SandboxAccount {
    OFFLINE("CordonOffline"),
    PROXY("CordonProxy"),
    ONLINE("CordonOnline");

    /** The local group of all of them, which denied reads name. */
    public static final String GROUP = "CordonSandboxUsers";

    private final String accountName;

    SandboxAccount(String accountName) {
        this.accountName = accountName;
    }

    public String accountName() {
        return accountName;
    }

    /** The account whose fence allows this reach and nothing more. */
    public static SandboxAccount of(NetworkPlan.Reach reach) {
        return switch (reach) {
            case OFFLINE -> OFFLINE;
            case PROXY -> PROXY;
            case ONLINE -> ONLINE;
        };
    }
}
