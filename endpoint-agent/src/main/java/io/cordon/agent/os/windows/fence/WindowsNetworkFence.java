package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.NetworkFence;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.windows.accounts.SandboxSids;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fence of this machine. {@link #converge} is called when a policy comes into force (before runs are planned under it), at
 * the start and from time to time; {@link #plan} grants a run without network only while the fence for exactly that boundary was
 * seen to hold. Safe for concurrent use; planning never waits for a convergence.
 */
public final class WindowsNetworkFence implements NetworkFence {
    private static final String RULE = "network-fence";

    private final Optional<Endpoint> proxy;
    private final FilterPlanner filterPlanner;
    private final FirewallPlanner firewallPlanner;
    private final FilterConvergence filters;
    private final FirewallConvergence firewall;
    private final EffectProbe probe;
    private volatile @Nullable Seen seen;

    /** What was found of the fence that stands. */
    private record Seen(FenceGoal goal, Effectiveness effectiveness) {}

    /**
     * What it needs of Windows.
     *
     * @param canaries where the probe tries its way to
     */
    public record Means(FilterEngine engine, FirewallRules firewall, ProbeRunner probe, Canary.Source canaries) {}

    /** @param proxy where the egress proxy listens; empty while there is none */
    public WindowsNetworkFence(SandboxSids sids, Optional<Endpoint> proxy, Means means, Ledger ledger) {
        this.proxy = proxy;
        this.filterPlanner = new FilterPlanner(sids);
        this.firewallPlanner = new FirewallPlanner(sids);
        this.filters = new FilterConvergence(means.engine(), ledger);
        this.firewall = new FirewallConvergence(means.firewall(), ledger);
        this.probe = new EffectProbe(means.probe(), means.canaries());
    }

    @Override
    public NetworkPlan plan(NetworkBoundary boundary) {
        FenceGoal goal = FenceGoal.of(boundary, proxy);
        if (goal.reach() == NetworkPlan.Reach.ONLINE) {
            return goal.granted(List.of());
        }
        Seen now = seen;
        if (now == null || !now.goal().equals(goal)) {
            return new NetworkPlan.Refused(
                    RULE,
                    "the network fence for this policy does not stand yet: try again in a moment, then see cordon status");
        }
        if (now.effectiveness() instanceof Effectiveness.Effective effective) {
            return goal.granted(effective.shortfalls());
        }
        return new NetworkPlan.Refused(RULE, refusal(now.effectiveness()));
    }

    private static String refusal(Effectiveness effectiveness) {
        if (effectiveness instanceof Effectiveness.Leaking leaking) {
            return "the network fence was tried and does not hold: " + String.join("; ", leaking.leaks())
                    + ". Another firewall's driver may be in its way; a policy with network mode online runs all the same";
        }
        String reason = effectiveness instanceof Effectiveness.Unverified unverified ? unverified.reason() : "";
        return "the network fence could not be verified: " + reason
                + ". It is tried again with every change of policy and from time to time";
    }

    /** Brings the machine to the boundary, writing only what differs, and measures the effect where that is not known. */
    public synchronized FenceReport converge(NetworkBoundary boundary) {
        FenceGoal goal = FenceGoal.of(boundary, proxy);
        int writes = 0;
        List<String> drift = new ArrayList<>();
        Effectiveness effectiveness;
        try {
            FilterPlan plan = filterPlanner.plan(goal, filters.depth());
            if (!holds(goal, plan)) {
                seen = null;
            }
            FilterConvergence.Outcome written = filters.converge(plan);
            writes += written.writes();
            drift.addAll(written.drift());
            effectiveness = effectiveness(goal);
        } catch (IOException e) {
            effectiveness = new Effectiveness.Unverified("the filters could not be written: " + e.getMessage());
        } catch (RuntimeException e) {
            seen = null;
            throw e;
        }
        seen = new Seen(goal, effectiveness);
        FirewallConvergence.Outcome second = secondLayer(goal);
        drift.addAll(second.drift());
        return new FenceReport(writes + second.writes(), drift, effectiveness, second.problem());
    }

    /** Whether what was seen still stands. */
    private boolean holds(FenceGoal goal, FilterPlan plan) throws IOException {
        Seen now = seen;
        return now != null && now.goal().equals(goal) && filters.holds(plan);
    }

    private Effectiveness effectiveness(FenceGoal goal) throws IOException {
        Seen now = seen;
        if (goal.reach() == NetworkPlan.Reach.ONLINE) {
            return new Effectiveness.Effective(List.of());
        }
        if (now != null && now.effectiveness() instanceof Effectiveness.Effective) {
            return now.effectiveness();
        }
        Effectiveness first = probe.measure(goal);
        return first instanceof Effectiveness.Leaking leaking && leaking.afterShedding()
                ? deeper(goal, leaking)
                : first;
    }

    /**
     * Only tokens without their account get through: the deeper plan catches those. It also decides about everybody else's
     * connections, if only to let them pass, so it is taken back unless it is seen to help.
     */
    private Effectiveness deeper(FenceGoal goal, Effectiveness.Leaking before) throws IOException {
        if (filters.depth() == FilterPlanner.Depth.DERIVED_TOKENS) {
            return before;
        }
        filters.converge(filterPlanner.plan(goal, FilterPlanner.Depth.DERIVED_TOKENS));
        Effectiveness after = probe.measure(goal);
        if (!(after instanceof Effectiveness.Effective)) {
            filters.converge(filterPlanner.plan(goal, FilterPlanner.Depth.ACCOUNTS));
            return before;
        }
        return after;
    }

    private FirewallConvergence.Outcome secondLayer(FenceGoal goal) {
        try {
            return firewall.converge(firewallPlanner.plan(goal));
        } catch (IOException e) {
            return new FirewallConvergence.Outcome(
                    0, List.of(), Optional.of("the rules of Windows Firewall could not be written: " + e.getMessage()));
        }
    }

    /**
     * Forgets what was seen and measures again; for a probe at long intervals. While it goes on, runs without network are
     * refused.
     */
    public synchronized FenceReport prove(NetworkBoundary boundary) {
        seen = null;
        return converge(boundary);
    }

    /**
     * Takes all of it away, whether the ledger knows of it or not.
     *
     * @throws IOException when some of it may still be there
     */
    public synchronized void remove() throws IOException {
        seen = null;
        try {
            firewall.remove();
        } finally {
            filters.remove();
        }
    }
}
