package io.cordon.agent.adapters.discovery;

import io.cordon.agent.adapters.SettingsReport;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.Telemetry;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the inventory of coding agents up to date: looks at the machine at the start, every fifteen minutes, and when what policy
 * says of agents changes. On a thread of its own, with the lowest priority.
 */
public final class Discovery implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Discovery.class.getName());
    private static final Duration EVERY = Duration.ofMinutes(15);
    private static final long FAREWELL_MILLIS = 2000;

    private final Parts parts;
    private final MachineScan scan;
    private final Runnable changed;
    private final Thread thread;

    private Instant due = Instant.MIN;
    private @Nullable Agents judgedBy;
    private @Nullable List<SettingsReport> settingsSeen;
    private boolean wanted;
    private Inventory found = Inventory.NONE;
    private volatile String report = "";

    /**
     * What discovery works with.
     *
     * @param root of the machine's file system
     * @param homes those of users
     * @param agents what the policy in force says of agents
     * @param telemetry what it lets be stored of arguments
     * @param hashKey of the redactor
     * @param settings how the managed settings stand
     */
    public record Parts(
            boolean windows,
            Path root,
            HomeFolders homes,
            LocalProcesses processes,
            Supplier<Agents> agents,
            Supplier<Telemetry> telemetry,
            byte[] hashKey,
            Supplier<List<SettingsReport>> settings,
            InstantSource clock) {}

    /** The homes at the moment. */
    @FunctionalInterface
    public interface HomeFolders {
        List<Path> get() throws IOException;
    }

    /** @param changed told after each change of {@link #report()} */
    public Discovery(Parts parts, Runnable changed) {
        this.parts = parts;
        this.scan = new MachineScan(parts.windows(), parts.root(), parts.homes(), parts.processes());
        this.changed = changed;
        this.thread = new Thread(this::run, "cordon-discovery");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** Looks at this machine with what the Java runtime tells of its processes. */
    public static Discovery of(
            boolean windows,
            Path root,
            HomeFolders homes,
            Supplier<ResolvedPolicy> policy,
            byte[] hashKey,
            Supplier<List<SettingsReport>> settings,
            Runnable changed,
            InstantSource clock) {
        return new Discovery(
                new Parts(
                        windows,
                        root,
                        homes,
                        new HandleProcesses(),
                        () -> policy.get().agents(),
                        () -> policy.get().telemetry(),
                        hashKey,
                        settings,
                        clock),
                changed);
    }

    /** Begins to look. */
    public void start() {
        thread.start();
        tick();
    }

    /** Sees whether it is time to look again; quick. */
    public synchronized void tick() {
        if (isDue()) {
            wanted = true;
            notifyAll();
        }
    }

    private synchronized boolean isDue() {
        return !parts.clock().instant().isBefore(due)
                || !parts.agents().get().equals(judgedBy)
                || !parts.settings().get().equals(settingsSeen);
    }

    /** The inventory as JSON, for the server; empty before the first look. */
    public String report() {
        return report;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                await();
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void await() throws InterruptedException {
        while (!wanted) {
            wait();
        }
        wanted = false;
    }

    /** One look, if one is due. */
    void look() throws InterruptedException {
        Agents rules = parts.agents().get();
        List<SettingsReport> settings = parts.settings().get();
        boolean scanDue;
        synchronized (this) {
            scanDue = !parts.clock().instant().isBefore(due) || !rules.equals(judgedBy);
            judgedBy = rules;
            settingsSeen = settings;
            if (scanDue) {
                due = parts.clock().instant().plus(EVERY);
            }
        }
        try {
            if (scanDue) {
                found = scan.run(rules, redactor());
            }
            String now = InventoryDocument.write(found, settings, rules);
            if (!now.equals(report)) {
                report = now;
                changed.run();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the coding agents of this machine could not be looked at", e);
        }
    }

    /** Arguments of MCP servers never leave in full, whatever the policy says of those of commands. */
    private Redactor redactor() {
        return new Redactor(
                new Telemetry(ArgumentCapture.REDACTED, parts.telemetry().get().redact(), 1), parts.hashKey());
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(FAREWELL_MILLIS);
    }
}
