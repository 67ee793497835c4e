package io.cordon.policy.trust;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files of a repository by path relative to its base, with '/': {@code metadata/1.root.json}, {@code
 * metadata/3.snapshot.json}, {@code metadata/3.targets.json}, {@code metadata/timestamp.json}, {@code
 * targets/policies/<sha256>.balanced.yaml}. Every file but {@code metadata/timestamp.json} never changes once published.
 *
 * @param files the bytes of each; not to be modified
 */
public record RepositoryFiles(Map<String, byte[]> files) {
    /** The one file that is replaced, and has to be written last. */
    public static final String TIMESTAMP = "metadata/timestamp.json";

    public RepositoryFiles {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** These files with newer ones laid over them. */
    public RepositoryFiles with(RepositoryFiles newer) {
        TreeMap<String, byte[]> all = new TreeMap<>(files);
        all.putAll(newer.files);
        return new RepositoryFiles(all);
    }

    /**
     * The newest state in these files: versions, expiries, targets. The signatures are not verified.
     *
     * @throws PublishRefusedException when a file of it is missing or unreadable
     */
    public TrustedTargets head() {
        return PublishedHead.of(this).state();
    }

    /**
     * What an endpoint is pinned to when it enrolls now: the newest root, timestamp and snapshot.
     *
     * @throws PublishRefusedException when a file of it is missing or unreadable
     */
    public Seed seed() {
        PublishedHead head = PublishedHead.of(this);
        return new Seed(
                head.root().bytes(), head.timestamp().bytes(), head.snapshot().bytes());
    }
}
