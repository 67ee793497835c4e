package io.cordon.policy.document;

import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.model.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads policy documents (SPEC 1). */
public final class PolicyDocuments {

    /** The largest document that is read, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    /** The deepest nesting that is read. */
    public static final int MAX_DEPTH = 32;

    private static final int MAX_PROBLEMS = 100;

    private PolicyDocuments() {}

    /**
     * Reads one YAML or JSON document: text, then schema, then everything the schema cannot say. Each step runs only on
     * what the step before found right, and shows all of its problems at once.
     *
     * @param name what the text is called in its {@code Source}: a file name or target path
     */
    public static ReadResult read(String name, byte[] bytes) {
        DocumentText.Tree tree;
        try {
            tree = DocumentText.parse(bytes);
        } catch (DocumentText.RefusedText e) {
            return new ReadResult.Refused(List.of(e.problem()));
        }
        Source source = new Source(name, tree.positions());
        List<Problem> problems = new ArrayList<>(DocumentSchema.check(tree.root(), source));
        if (problems.isEmpty()) {
            PolicyDocument document = DocumentBinder.bind(Cursor.root(tree.root(), source, problems));
            if (problems.isEmpty() && document != null) {
                return new ReadResult.Accepted(document);
            }
        }
        return new ReadResult.Refused(problems.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .limit(MAX_PROBLEMS)
                .toList());
    }

    /** The published JSON Schema (2020-12). */
    public static String schemaJson() {
        return DocumentSchema.TEXT;
    }
}
