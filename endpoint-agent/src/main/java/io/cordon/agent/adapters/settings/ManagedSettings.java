package io.cordon.agent.adapters.settings;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.SettingsRenderer;
import io.cordon.agent.adapters.SettingsReport;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.agent.os.Custody;
import io.cordon.agent.os.Ledger;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the managed settings of coding agents at what the policy in force says, for the agents that it names; the others'
 * are as they were before Cordon. Convergent: {@link #tick} may be called at any time and costs a few file attributes when
 * nothing has changed.
 */
public final class ManagedSettings {
    private static final Logger LOG = Logger.getLogger(ManagedSettings.class.getName());
    private static final Duration LOOK_AROUND = Duration.ofSeconds(30);
    private static final int MAX_FOREIGN = 32;

    private final Parts parts;
    private final SettingsLedger ledger;
    private final Restoration restoration;
    private final Map<CodingAgent, AgentFiles> agents = new EnumMap<>(CodingAgent.class);
    private final Map<CodingAgent, List<String>> foreign = new EnumMap<>(CodingAgent.class);
    private @Nullable ResolvedPolicy rendered;
    private @Nullable Surroundings renderedFor;
    private Instant nextLook = Instant.MIN;
    private boolean givenBack;
    private @Nullable String restoring;
    private volatile List<SettingsReport> reports = List.of();
    private volatile @Nullable String problem;

    /**
     * What it works with.
     *
     * @param renderers one for each agent that can be managed
     * @param foreign what is looked at besides
     * @param policy the one in force
     * @param redact takes secrets out of text, as that policy says
     */
    public record Parts(
            List<SettingsRenderer> renderers,
            List<ForeignSettings> foreign,
            Place place,
            Custody custody,
            Ledger ledger,
            Supplier<ResolvedPolicy> policy,
            Supplier<Surroundings> surroundings,
            UnaryOperator<String> redact,
            InstantSource clock) {
        public Parts {
            renderers = List.copyOf(renderers);
            foreign = List.copyOf(foreign);
        }
    }

    public ManagedSettings(Parts parts) {
        this.parts = parts;
        this.ledger = new SettingsLedger(parts.ledger());
        this.restoration = new Restoration(ledger, parts.custody());
    }

    /** How the settings of every managed agent stand, since the last {@link #tick}. */
    public List<SettingsReport> reports() {
        return reports;
    }

    /** The first thing that is not as it should be; null when all is well. */
    public @Nullable String problem() {
        return problem;
    }

    /** Compares what the policy wants with the disk and applies the difference. */
    public synchronized void tick() {
        ResolvedPolicy policy = parts.policy().get();
        if (policy.revision() == 0) {
            // No verified policy. Giving the vendors' files back now would permit more than before (I-2).
            return;
        }
        Surroundings surroundings = parts.surroundings().get();
        if (policy != rendered || !surroundings.equals(renderedFor)) {
            render(policy, surroundings);
            rendered = policy;
            renderedFor = surroundings;
            nextLook = Instant.MIN;
            givenBack = false;
        }
        if (!givenBack) {
            restoring = giveBack();
            givenBack = restoring == null;
        }
        agents.values().forEach(AgentFiles::converge);
        Instant now = parts.clock().instant();
        if (!now.isBefore(nextLook)) {
            nextLook = now.plus(LOOK_AROUND);
            lookAround();
        }
        report();
    }

    private void render(ResolvedPolicy policy, Surroundings surroundings) {
        for (SettingsRenderer renderer : parts.renderers()) {
            CodingAgent agent = renderer.agent();
            if (policy.agents().rules(agent.policyKey()).isEmpty()) {
                agents.remove(agent);
                continue;
            }
            AgentFiles files = agents.computeIfAbsent(
                    agent,
                    each -> new AgentFiles(
                            each, parts.place(), parts.custody(), ledger, parts.redact(), parts.clock()));
            try {
                files.want(renderer.render(policy, surroundings));
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, agent.title() + ": its settings cannot be worked out; they stay as they are", e);
                files.failed("its settings cannot be worked out from this policy: " + e.getMessage());
            }
        }
    }

    /** Paths that no wanted agent has any more go back to what they were. Says what could not be put back, or null. */
    private @Nullable String giveBack() {
        @Nullable String failed = null;
        boolean any = false;
        for (SettingsLedger.Origin origin : ledger.origins()) {
            if (agents.values().stream().noneMatch(files -> files.holds(origin))) {
                try {
                    restoration.file(origin);
                    any = true;
                    LOG.log(Level.INFO, "{0} is as it was before Cordon", origin.path());
                } catch (IOException e) {
                    failed = origin.path() + " cannot be put back: " + e.getMessage();
                }
            }
        }
        if (any) {
            try {
                restoration.folders();
            } catch (IOException e) {
                failed = "folders cannot be removed: " + e.getMessage();
            }
        }
        return failed;
    }

    private void lookAround() {
        foreign.clear();
        for (ForeignSettings each : parts.foreign()) {
            if (agents.containsKey(each.agent())) {
                foreign.put(
                        each.agent(),
                        each.found(parts.place()).stream().limit(MAX_FOREIGN).toList());
            }
        }
    }

    private void report() {
        List<SettingsReport> fresh = new ArrayList<>();
        @Nullable String first = restoring;
        for (AgentFiles files : agents.values()) {
            SettingsReport own = files.report();
            List<String> limits = Stream.concat(
                            own.limits().stream(), foreign.getOrDefault(own.agent(), List.of()).stream())
                    .toList();
            fresh.add(new SettingsReport(own.agent(), own.files(), limits, own.drifts()));
            for (SettingsReport.FileState state : own.files()) {
                if (first == null && !state.problem().isEmpty()) {
                    first = own.agent().title() + ": " + state.problem();
                }
            }
        }
        reports = List.copyOf(fresh);
        problem = first;
    }
}
