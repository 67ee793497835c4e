package io.cordon.agent.main;

import io.cordon.agent.health.ComponentState;
import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.windows.accounts.SandboxCredentials;
import io.cordon.agent.os.windows.fence.Effectiveness;
import io.cordon.agent.os.windows.fence.FenceReport;
import io.cordon.agent.os.windows.fence.WindowsNetworkFence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the network fence at what the policy in force asks: at once when that changes, and from time to time so that drift is
 * repaired. The sandbox accounts can be used only while the fence holds; no fence, no logon.
 */
final class FenceKeeper implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FenceKeeper.class.getName());
    private static final Duration AGAIN = Duration.ofMinutes(5);
    /** Rounds after which the effect is measured anew though nothing differs: once an hour. */
    private static final int PROVE_EVERY = 12;

    private static final int CLOSE_SECONDS = 5;

    private final WindowsNetworkFence fence;
    private final SandboxCredentials credentials;
    private final InstantSource clock;
    private final ExecutorService worker;
    private final AtomicBoolean busy = new AtomicBoolean();
    private @Nullable NetworkBoundary last;
    private Instant next = Instant.MIN;
    private int rounds;
    private volatile ComponentState state = ComponentState.ill("the network fence does not stand yet");

    FenceKeeper(WindowsNetworkFence fence, SandboxCredentials credentials, InstantSource clock) {
        this.fence = fence;
        this.credentials = credentials;
        this.clock = clock;
        this.worker = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "network-fence");
            thread.setDaemon(true);
            return thread;
        });
    }

    ComponentState state() {
        return state;
    }

    /** Returns at once; called from one thread. */
    void tend(NetworkBoundary boundary) {
        Instant now = clock.instant();
        boolean due = !boundary.equals(last) || !now.isBefore(next);
        if (due && busy.compareAndSet(false, true)) {
            last = boundary;
            next = now.plus(AGAIN);
            worker.execute(() -> {
                try {
                    converge(boundary);
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    private void converge(NetworkBoundary boundary) {
        try {
            FenceReport report = ++rounds % PROVE_EVERY == 0 ? fence.prove(boundary) : fence.converge(boundary);
            report.drift().forEach(line -> LOG.log(Level.WARNING, "repaired: {0}", line));
            if (report.effectiveness() instanceof Effectiveness.Effective) {
                credentials.enable();
            } else {
                credentials.disable(report.status());
            }
            state = report.healthy()
                    ? ComponentState.well("commands are confined")
                    : ComponentState.ill(report.status());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "the network fence could not be kept", e);
            state = ComponentState.ill("the network fence could not be kept: " + e.getMessage());
            closeAccounts();
        }
    }

    private void closeAccounts() {
        try {
            credentials.disable("the network fence could not be kept; see the event log");
        } catch (IOException e) {
            // Logons are refused all the same; only others' use of the accounts is not ruled out.
            LOG.log(Level.WARNING, "the sandbox accounts could not be disabled: {0}", e.getMessage());
        }
    }

    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warning("the network fence is still being written; it stays as it is");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
