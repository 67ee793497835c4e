package io.cordon.agent.broker;

import io.cordon.agent.os.FileAccess;
import io.cordon.agent.os.LocalChannel;
import io.cordon.agent.os.NetworkFence;
import io.cordon.agent.os.ProcessLauncher;
import io.cordon.agent.os.SandboxUsers;

/** The operating system as the broker needs it. */
public record BrokerPorts(
        LocalChannel channel, ProcessLauncher launcher, FileAccess files, NetworkFence network, SandboxUsers users) {}
