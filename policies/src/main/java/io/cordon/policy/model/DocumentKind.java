package io.cordon.policy.model;

/** The kinds of documents an approver signs, with the folder of their target path (SPEC 1.2). */
public enum DocumentKind {
    SANDBOX_POLICY("SandboxPolicy", "policies/", "base"),
    TIGHTENING("Tightening", "tightenings/", "tightening"),
    EXCEPTION("Exception", "exceptions/", "exception"),
    ASSIGNMENTS("Assignments", "", "assignments");

    private final String word;
    private final String folder;
    private final String provenance;

    DocumentKind(String word, String folder, String provenance) {
        this.word = word;
        this.folder = folder;
        this.provenance = provenance;
    }

    /** The value of {@code kind:} in a document. */
    public String word() {
        return word;
    }

    /** What this kind is called in a {@code Provenance}: base, tightening, exception or assignments. */
    public String provenance() {
        return provenance;
    }

    /** The target path under which a document of this kind and name is signed. */
    public String targetPath(PolicyName name) {
        return folder + name.value() + ".yaml";
    }

    /** Reads {@link #word()} back. */
    public static DocumentKind ofWord(String word) {
        for (DocumentKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "kind: " + word + " (expected: SandboxPolicy | Tightening | Exception | Assignments)");
    }
}
