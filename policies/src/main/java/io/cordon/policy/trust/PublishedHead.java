package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.policy.trust.StoredState.Parser;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The newest metadata among published files, read without verifying: the publisher's own output so far. */
record PublishedHead(
        Part<RootMetadata> root,
        Part<TimestampMetadata> timestamp,
        Part<SnapshotMetadata> snapshot,
        Part<TargetsMetadata> targets) {
    private static final Pattern ROOT = Pattern.compile("metadata/([1-9]\\d{0,15})\\.root\\.json");

    /**
     * @param signed the signed object, to be carried on
     */
    record Part<T>(T metadata, ObjectNode signed, byte[] bytes) {}

    static PublishedHead of(RepositoryFiles files) {
        long rootVersion = files.files().keySet().stream()
                .map(ROOT::matcher)
                .filter(Matcher::matches)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                .max()
                .orElse(1);
        Part<RootMetadata> root = part(
                files,
                "metadata/" + rootVersion + ".root.json",
                (envelope, subject) -> RootMetadata.parse(envelope.signed(), subject));
        Part<TimestampMetadata> timestamp = part(files, RepositoryFiles.TIMESTAMP, StoredState.timestampParser());
        long snapshotVersion = timestamp.metadata().snapshot().version();
        Part<SnapshotMetadata> snapshot =
                part(files, "metadata/" + snapshotVersion + ".snapshot.json", StoredState.snapshotParser());
        long targetsVersion = snapshot.metadata().targets().version();
        Part<TargetsMetadata> targets = part(
                files, "metadata/" + targetsVersion + ".targets.json", StoredState.targetsParser(Limits.standard()));
        return new PublishedHead(root, timestamp, snapshot, targets);
    }

    private static <T> Part<T> part(RepositoryFiles files, String path, Parser<T> parser) {
        byte[] bytes = files.files().get(path);
        if (bytes == null) {
            throw new PublishRefusedException("repository: without " + path + " (expected: every published file)");
        }
        try {
            Envelope envelope = Envelope.parse(bytes, path);
            return new Part<>(parser.parse(envelope, path), envelope.signed(), bytes);
        } catch (RejectedException e) {
            throw new PublishRefusedException("repository: " + e.rejection().message());
        }
    }

    TrustedTargets state() {
        return new TrustedTargets(
                new TrustedTargets.RoleState(
                        root.metadata().version(), root.metadata().expires()),
                new TrustedTargets.RoleState(
                        timestamp.metadata().version(), timestamp.metadata().expires()),
                new TrustedTargets.RoleState(
                        snapshot.metadata().version(), snapshot.metadata().expires()),
                new TrustedTargets.RoleState(
                        targets.metadata().version(), targets.metadata().expires()),
                targets.metadata().files());
    }
}
