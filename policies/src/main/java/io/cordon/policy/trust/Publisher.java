package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/**
 * The signing side. Pure: takes the files published so far, returns the files to add; store those first and replace {@code
 * metadata/timestamp.json} last. Versions go up by one; whoever publishes concurrently has to take turns.
 *
 * <p>Every method throws {@link PublishRefusedException} rather than sign what a client would refuse.
 */
public final class Publisher {
    private final InstantSource clock;
    private final Lifetimes lifetimes;

    public Publisher(InstantSource clock, Lifetimes lifetimes) {
        this.clock = clock;
        this.lifetimes = lifetimes;
    }

    /** A new repository: root version 1, and targets, snapshot and timestamp version 1 without any target. */
    public RepositoryFiles initial(RootKeys keys, Signers signers) {
        Release release = new Release(clock.instant(), lifetimes, signers);
        release.firstRoot(keys);
        release.targets(1, JsonNodeFactory.instance.objectNode());
        release.snapshot(1);
        release.timestamp(1);
        return release.files();
    }

    /**
     * Replaces the set of targets.
     *
     * @param previous everything published so far; only the newest root and the current metadata are read
     * @param targets every target of the new state by path, for example {@code policies/balanced.yaml}
     * @param signers for targets, snapshot and timestamp
     */
    public RepositoryFiles publish(RepositoryFiles previous, Map<String, TargetContent> targets, Signers signers) {
        PublishedHead head = PublishedHead.of(previous);
        Release release = new Release(clock.instant(), lifetimes, signers, head);
        ObjectNode listed = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(targets).forEach((path, content) -> listed.set(path, release.target(path, content)));
        release.targets(head.targets().metadata().version() + 1, listed);
        return chain(release, head);
    }

    /** Signs the same targets again with a new version and expiry, and a snapshot and timestamp for them. */
    public RepositoryFiles renewTargets(RepositoryFiles previous, Signers signers) {
        PublishedHead head = PublishedHead.of(previous);
        Release release = new Release(clock.instant(), lifetimes, signers, head);
        renewTargets(release, head);
        return chain(release, head);
    }

    /** A new snapshot and timestamp for the same targets, before the snapshot expires. */
    public RepositoryFiles refreshSnapshot(RepositoryFiles previous, Signers signers) {
        PublishedHead head = PublishedHead.of(previous);
        return chain(new Release(clock.instant(), lifetimes, signers, head), head);
    }

    /** A new timestamp for the same snapshot, before it expires. */
    public RepositoryFiles refreshTimestamp(RepositoryFiles previous, Signers signers) {
        PublishedHead head = PublishedHead.of(previous);
        Release release = new Release(clock.instant(), lifetimes, signers, head);
        release.timestamp(head.timestamp().metadata().version() + 1);
        return release.files();
    }

    /**
     * The next root, signed by the thresholds of the old and the new root keys, and with it a new snapshot and timestamp, and
     * newly signed targets when a key of targets is revoked or its threshold changes.
     *
     * @param signers the old and the new ones under {@link Role#ROOT}, and those of the new keys for the other roles
     */
    public RepositoryFiles rotateRoot(RepositoryFiles previous, RootKeys next, Signers signers) {
        PublishedHead head = PublishedHead.of(previous);
        Release release = new Release(clock.instant(), lifetimes, signers, head);
        RootMetadata old = head.root().metadata();
        RootMetadata current = release.nextRoot(old, next);
        if (old.revokesKeyOf(Role.TARGETS, current)
                || old.rule(Role.TARGETS).threshold()
                        != current.rule(Role.TARGETS).threshold()) {
            renewTargets(release, head);
        }
        return chain(release, head);
    }

    private static void renewTargets(Release release, PublishedHead head) {
        ObjectNode listed = head.targets().signed().withObject("/targets");
        release.targets(head.targets().metadata().version() + 1, listed);
    }

    private static RepositoryFiles chain(Release release, PublishedHead head) {
        release.snapshot(head.snapshot().metadata().version() + 1);
        release.timestamp(head.timestamp().metadata().version() + 1);
        return release.files();
    }
}
