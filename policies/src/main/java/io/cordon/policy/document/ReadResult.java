package io.cordon.policy.document;

import io.cordon.policy.model.PolicyDocument;
import java.util.List;

/** What came of reading a document. */
public sealed interface ReadResult {

    /** The document is right. */
    record Accepted(PolicyDocument document) implements ReadResult {}

    /** The document is refused; at least one problem, in the order of their lines. */
    record Refused(List<Problem> problems) implements ReadResult {

        public Refused {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("problems: none (expected: at least one)");
            }
        }
    }
}
