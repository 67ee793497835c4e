package io.cordon.policy.trust;

/** The files that a {@link TrustStore} keeps; metadata is stored byte for byte as received. */
public enum StoredFile {
    ROOT("root.json"),
    /** Written before {@link #ROOT}: a root that is ahead of {@code root.json} marks a key rotation to be completed. */
    ROOT_AHEAD("root.ahead"),
    TIMESTAMP("timestamp.json"),
    SNAPSHOT("snapshot.json"),
    TARGETS("targets.json"),
    /** The newest targets metadata of which every target is in the cache: what a restart without network falls back to. */
    COMPLETE("targets.complete"),
    CLOCK_FLOOR("clock-floor");

    private final String fileName;

    StoredFile(String fileName) {
        this.fileName = fileName;
    }

    /** Name in the store's directory; safe on case-insensitive disks. */
    public String fileName() {
        return fileName;
    }
}
