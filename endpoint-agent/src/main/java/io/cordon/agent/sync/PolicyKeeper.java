package io.cordon.agent.sync;

import io.cordon.agent.broker.PolicyInForce;
import io.cordon.agent.health.Component;
import io.cordon.agent.health.ComponentState;
import io.cordon.agent.health.HealthBoard;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.resolve.AppliedDocument;
import io.cordon.policy.resolve.PolicySet;
import io.cordon.policy.resolve.PublishedDocument;
import io.cordon.policy.resolve.Resolution;
import io.cordon.policy.resolve.Resolver;
import io.cordon.policy.trust.TrustedTargets;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the verified documents and keeps what they resolve to in force, as time goes by: exceptions end, and metadata expires,
 * also on an endpoint that hears nothing from anyone.
 */
final class PolicyKeeper {
    private static final Logger LOG = Logger.getLogger(PolicyKeeper.class.getName());

    private final PolicyInForce target;
    private final EndpointFacts facts;
    private final AppliedPolicyFile file;
    private final HealthBoard health;
    private final InstantSource clock;

    private @Nullable Source source;
    private InForce inForce;
    private Instant floor = Instant.EPOCH;
    private @Nullable String saveProblem;

    /** Where the policy in force comes from. */
    private record Source(
            PolicySet set,
            TrustedTargets.Versions versions,
            Instant expires,
            @Nullable String offer) {}

    PolicyKeeper(
            PolicyInForce target,
            EndpointFacts facts,
            AppliedPolicyFile file,
            HealthBoard health,
            InstantSource clock) {
        this.target = target;
        this.facts = facts;
        this.file = file;
        this.health = health;
        this.clock = clock;
        target.replaceWithStrictest();
        this.inForce = new InForce(target.current().resolution(), InForce.NO_VERSIONS, Optional.empty(), null);
        report();
    }

    synchronized InForce inForce() {
        return inForce;
    }

    synchronized boolean holds(TrustedTargets targets) {
        return source != null
                && source.versions.targets() == targets.versions().targets()
                && source.versions.root() == targets.versions().root();
    }

    /** When what is in force stops being known as the newest. */
    synchronized Instant expires() {
        return source == null ? Instant.EPOCH : source.expires;
    }

    /** Time does not count as earlier than this, whatever the local clock says. */
    synchronized void notBefore(Instant instant) {
        floor = instant.isAfter(floor) ? instant : floor;
    }

    /**
     * Puts a verified set in force and remembers it.
     *
     * @param content signed bytes by target; null when the set comes from the file that would be written
     */
    synchronized void apply(
            PolicySet set,
            TrustedTargets.Versions versions,
            Instant expires,
            @Nullable String offer,
            @Nullable Map<String, byte[]> content) {
        source = new Source(set, versions, expires, offer);
        resolve();
        if (content != null) {
            save(source, content);
        }
        report();
    }

    /** The same documents, confirmed as the newest until a later time. */
    synchronized void confirm(TrustedTargets targets, @Nullable String offer) {
        Source held = Objects.requireNonNull(source, "nothing is in force that could be confirmed");
        source = new Source(held.set, targets.versions(), targets.expires(), offer == null ? held.offer : offer);
        resolve();
        report();
    }

    /** Brings the policy in force up to the time of now. True when anything that is reported changed. */
    synchronized boolean tick() {
        InForce before = inForce;
        if (source != null) {
            resolve();
        }
        report();
        return !before.staleSince().equals(inForce.staleSince())
                || !before.resolution()
                        .policy()
                        .digest()
                        .equals(inForce.resolution().policy().digest());
    }

    private void resolve() {
        Source held = Objects.requireNonNull(source);
        Instant now = now();
        Resolution resolution = Resolver.resolve(held.set, facts, now);
        boolean same = inForce.verified()
                && resolution.documents().equals(inForce.resolution().documents())
                && resolution.policy().digest().equals(target.current().digest());
        if (!same) {
            target.replace(resolution);
            LOG.log(Level.INFO, "policy in force: {0} v{1}, {2}", new Object[] {
                resolution.policy().name(),
                resolution.policy().revision(),
                resolution.policy().digest()
            });
        }
        Optional<Instant> stale = now.isBefore(held.expires) ? Optional.empty() : Optional.of(held.expires);
        inForce = new InForce(resolution, held.versions, stale, held.offer);
    }

    private Instant now() {
        notBefore(clock.instant());
        return floor;
    }

    private void save(Source held, Map<String, byte[]> content) {
        Resolution resolution = inForce.resolution();
        List<String> used = Stream.concat(
                        resolution.documents().stream().map(AppliedDocument::target), Stream.of("assignments.yaml"))
                .toList();
        List<AppliedPolicy.StoredDocument> documents = held.set.documents().stream()
                .filter(document -> used.contains(document.target()) && content.containsKey(document.target()))
                .map(document -> stored(document, content))
                .toList();
        try {
            file.write(new AppliedPolicy(
                    now(),
                    resolution.policy().name(),
                    resolution.policy().revision(),
                    resolution.policy().mode().word(),
                    resolution.policy().digest().hex(),
                    held.versions.root(),
                    held.versions.targets(),
                    held.versions.snapshot(),
                    held.offer,
                    documents));
            saveProblem = null;
        } catch (IOException e) {
            saveProblem = "the policy in force cannot be stored (" + e.getMessage() + "): free space on this machine";
            LOG.log(Level.WARNING, saveProblem);
        }
    }

    private static AppliedPolicy.StoredDocument stored(PublishedDocument document, Map<String, byte[]> content) {
        byte[] bytes = Objects.requireNonNull(content.get(document.target()));
        return new AppliedPolicy.StoredDocument(document.target(), document.revision(), document.digest(), bytes);
    }

    private void report() {
        health.set(Component.POLICY, state());
    }

    private ComponentState state() {
        String name = inForce.resolution().policy().name() + " v"
                + inForce.resolution().policy().revision();
        if (!inForce.verified()) {
            return ComponentState.ill("no verified policy: the built-in strictest one denies every command");
        }
        if (inForce.staleSince().isPresent()) {
            return ComponentState.ill(name + " stays in force and is stale since "
                    + inForce.staleSince().get() + ": the server has shown nothing newer that is valid");
        }
        return saveProblem == null ? ComponentState.well(name) : ComponentState.ill(saveProblem);
    }

    /** For documents that were stored one by one. */
    static PublishedDocument published(AppliedPolicy.StoredDocument stored, PolicyDocument document) {
        return new PublishedDocument(stored.target(), stored.revision(), stored.digest(), document);
    }
}
