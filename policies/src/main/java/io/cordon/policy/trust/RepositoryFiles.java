package io.cordon.policy.trust;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files of a repository by path relative to its base, with '/': {@code metadata/1.root.json}, {@code
 * metadata/3.snapshot.json}, {@code metadata/3.targets.json}, {@code metadata/timestamp.json}, {@code
 * targets/policies/<sha256>.balanced.yaml}. Every file but {@code metadata/timestamp.json} never changes once published.
 */
public record RepositoryFiles(Map<String, byte[]> files) {
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
}
