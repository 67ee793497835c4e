package io.cordon.policy.document;

/** Reads policy documents (SPEC 1). */
public final class PolicyDocuments {

    /** The largest document that is read, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    /** The deepest nesting that is read. */
    public static final int MAX_DEPTH = 32;

    private PolicyDocuments() {}

    /**
     * Reads one YAML or JSON document.
     *
     * @param name what the text is called in its {@code Source}: a file name or target path
     */
    public static ReadResult read(String name, byte[] bytes) {
        throw new UnsupportedOperationException("being written");
    }

    /** The published JSON Schema (2020-12). */
    public static String schemaJson() {
        throw new UnsupportedOperationException("being written");
    }
}
