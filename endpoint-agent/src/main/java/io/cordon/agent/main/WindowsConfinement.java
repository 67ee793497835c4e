package io.cordon.agent.main;

import io.cordon.agent.broker.BrokerPorts;
import io.cordon.agent.health.ComponentState;
import io.cordon.agent.os.LivePlaceholders;
import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.NetworkFence;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.windows.access.AclProvisioner;
import io.cordon.agent.os.windows.accounts.SandboxCredentials;
import io.cordon.agent.os.windows.fence.WindowsNetworkFence;
import io.cordon.agent.os.windows.launch.PipeLauncher;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sandbox accounts, access control entries, the network fence and the named pipe. Where the accounts cannot be had, the agent
 * runs all the same, says so, and refuses everything that would have to be confined.
 */
final class WindowsConfinement implements Confinement {
    private final Parts parts;
    private final LivePlaceholders placeholders;
    private final BrokerPorts ports;

    /**
     * What it is made of.
     *
     * @param accountsProblem why the sandbox accounts cannot be had; null when they are there
     */
    record Parts(
            PipeLauncher launcher,
            io.cordon.agent.os.FileAccess files,
            AclProvisioner entries,
            WindowsNetworkFence fence,
            io.cordon.agent.os.SandboxUsers users,
            SandboxCredentials credentials,
            FenceKeeper keeper,
            @Nullable String accountsProblem) {}

    WindowsConfinement(Parts parts, LivePlaceholders placeholders) {
        this.parts = parts;
        this.placeholders = placeholders;
        this.ports = new BrokerPorts(parts.launcher(), parts.launcher(), parts.files(), network(), parts.users());
    }

    private NetworkFence network() {
        String problem = parts.accountsProblem();
        return problem == null ? parts.fence() : boundary -> withoutAccounts(boundary, problem);
    }

    /** Only a policy that enforces nothing needs no sandbox account. */
    static NetworkPlan withoutAccounts(NetworkBoundary boundary, String problem) {
        return boundary.enforced()
                ? new NetworkPlan.Refused("sandbox-accounts", problem)
                : NetworkPlan.Granted.online();
    }

    @Override
    public BrokerPorts ports() {
        return ports;
    }

    @Override
    public LivePlaceholders placeholders() {
        return placeholders;
    }

    @Override
    public String os() {
        return "windows";
    }

    @Override
    public void recover() throws IOException {
        parts.entries().recover();
    }

    @Override
    public void tend(NetworkBoundary boundary) {
        if (parts.accountsProblem() == null) {
            parts.keeper().tend(boundary);
        }
    }

    @Override
    public ComponentState state() {
        String problem = parts.accountsProblem();
        return problem == null ? parts.keeper().state() : ComponentState.ill(problem);
    }

    @Override
    public void close() {
        for (AutoCloseable each : List.of(parts.keeper(), parts.credentials())) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("neither throws", e);
            }
        }
    }
}
