package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One publication in the making: each part refers to the one made before it, or else to the published one. */
final class Release {
    private static final String SPEC_VERSION = "1.0.34";
    private static final Limits LIMITS = Limits.standard();

    private final Instant now;
    private final Lifetimes lifetimes;
    private final Signers signers;
    private final Map<String, byte[]> files = new TreeMap<>();
    private @Nullable RootMetadata root;
    private long targetsVersion;
    private byte @Nullable [] targetsBytes;
    private long snapshotVersion;
    private byte @Nullable [] snapshotBytes;

    /** Of a new repository. */
    Release(Instant now, Lifetimes lifetimes, Signers signers) {
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.lifetimes = lifetimes;
        this.signers = signers;
    }

    /** On top of what is published. */
    Release(Instant now, Lifetimes lifetimes, Signers signers, PublishedHead head) {
        this(now, lifetimes, signers);
        this.root = head.root().metadata();
        this.targetsVersion = head.targets().metadata().version();
        this.targetsBytes = head.targets().bytes();
        this.snapshotVersion = head.snapshot().metadata().version();
        this.snapshotBytes = head.snapshot().bytes();
    }

    RepositoryFiles files() {
        return new RepositoryFiles(files);
    }

    void firstRoot(RootKeys keys) {
        this.root = addRoot(1, keys, null);
    }

    RootMetadata nextRoot(RootMetadata old, RootKeys keys) {
        RootMetadata next = addRoot(old.version() + 1, keys, old);
        this.root = next;
        return next;
    }

    private RootMetadata addRoot(long version, RootKeys keys, @Nullable RootMetadata old) {
        ObjectNode signed = header(Role.ROOT, version);
        signed.put("consistent_snapshot", true);
        ObjectNode listed = signed.putObject("keys");
        ObjectNode roles = signed.putObject("roles");
        for (Role role : Role.values()) {
            RoleKeys roleKeys = keys.of(role);
            ObjectNode rule = roles.putObject(role.text());
            ArrayNode keyIds = rule.putArray("keyids");
            for (VerificationKey key : roleKeys.keys()) {
                listed.set(key.keyId(), key.toJson());
                keyIds.add(key.keyId());
            }
            rule.put("threshold", roleKeys.threshold());
        }
        // The signers of a rotation are those of both roots; a signature by anybody else would only mislead.
        List<Signer> entitled = signers.of(Role.ROOT).stream()
                .filter(signer -> keys.root().keys().contains(signer.key()) || isKeyOf(old, signer))
                .toList();
        String subject = version + ".root.json";
        byte[] bytes = Signable.sign(signed, entitled);
        RootMetadata root = check(subject, LIMITS.rootLength(), bytes, () -> {
            Envelope envelope = Envelope.parse(bytes, subject);
            RootMetadata parsed = RootMetadata.parse(envelope.signed(), subject);
            envelope.requireThreshold(parsed, Role.ROOT, subject, "5.3.4 (new keys)");
            if (old != null) {
                envelope.requireThreshold(old, Role.ROOT, subject, "5.3.4 (old keys)");
            }
            return parsed;
        });
        files.put("metadata/" + subject, bytes);
        return root;
    }

    private static boolean isKeyOf(@Nullable RootMetadata root, Signer signer) {
        return root != null && root.rule(Role.ROOT).keyIds().contains(signer.keyId());
    }

    /** Adds the content of a target and describes it for the list of targets. */
    ObjectNode target(String path, TargetContent content) {
        if (!TargetPath.isSafe(path)) {
            throw new PublishRefusedException("target path: " + path + " (expected: " + TargetPath.RULE + ")");
        }
        if (content.bytes().length > LIMITS.targetLength()) {
            throw new PublishRefusedException("target " + path + ": " + content.bytes().length
                    + " bytes (expected: up to " + LIMITS.targetLength() + ")");
        }
        String hash = Hashes.sha256(content.bytes());
        files.put(TargetPath.served(path, hash), content.bytes().clone());
        ObjectNode described = JsonNodeFactory.instance.objectNode();
        if (!content.custom().isEmpty()) {
            described.set("custom", content.custom().deepCopy());
        }
        described.putObject("hashes").put("sha256", hash);
        return described.put("length", content.bytes().length);
    }

    void targets(long version, ObjectNode listed) {
        ObjectNode signed = header(Role.TARGETS, version);
        signed.set("targets", listed);
        targetsVersion = version;
        targetsBytes = add(
                version + ".targets.json",
                Role.TARGETS,
                LIMITS.targetsLength(),
                signed,
                (envelope, subject) -> TargetsMetadata.parse(envelope.signed(), subject, LIMITS));
    }

    void snapshot(long version) {
        ObjectNode signed = header(Role.SNAPSHOT, version);
        describe(signed.putObject("meta").putObject("targets.json"), targetsVersion, targetsBytes);
        snapshotVersion = version;
        snapshotBytes = add(
                version + ".snapshot.json",
                Role.SNAPSHOT,
                LIMITS.snapshotLength(),
                signed,
                StoredState.snapshotParser());
    }

    void timestamp(long version) {
        ObjectNode signed = header(Role.TIMESTAMP, version);
        describe(signed.putObject("meta").putObject("snapshot.json"), snapshotVersion, snapshotBytes);
        add("timestamp.json", Role.TIMESTAMP, LIMITS.timestampLength(), signed, StoredState.timestampParser());
    }

    private static void describe(ObjectNode meta, long version, byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new IllegalStateException("metadata out of order");
        }
        meta.putObject("hashes").put("sha256", Hashes.sha256(bytes));
        meta.put("length", bytes.length).put("version", version);
    }

    private ObjectNode header(Role role, long version) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("_type", role.text())
                .put("spec_version", SPEC_VERSION)
                .put("version", version)
                .put(
                        "expires",
                        now.plus(lifetimes.of(role))
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
    }

    /** Signs, and verifies as a client would: what does not pass is never handed out. */
    private byte[] add(String name, Role role, int limit, ObjectNode signed, StoredState.Parser<?> parser) {
        RootMetadata current = root;
        if (current == null) {
            throw new IllegalStateException("metadata before root");
        }
        List<Signer> entitled = signers.of(role).stream()
                .filter(signer -> current.rule(role).keyIds().contains(signer.keyId()))
                .toList();
        byte[] bytes = Signable.sign(signed, entitled);
        check(name, limit, bytes, () -> StoredState.verify(bytes, current, role, name, "T-18", parser));
        files.put("metadata/" + name, bytes);
        return bytes;
    }

    /** A verification of the publisher's own output. */
    private interface Check<T> {
        T run() throws RejectedException;
    }

    private static <T> T check(String name, int limit, byte[] bytes, Check<T> verification) {
        if (bytes.length > limit) {
            throw new PublishRefusedException(name + ": " + bytes.length + " bytes (expected: up to " + limit + ")");
        }
        try {
            return verification.run();
        } catch (RejectedException e) {
            throw new PublishRefusedException(e.rejection().message());
        }
    }
}
