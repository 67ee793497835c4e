package io.cordon.server.policy;

import io.cordon.policy.document.PolicyDocuments;
import io.cordon.policy.document.ReadResult;
import io.cordon.policy.model.DocumentKind;
import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.model.PolicyName;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the text of a document, or answers with every problem in it. */
final class SourceReader {
    private SourceReader() {}

    static ReadResult read(String source) {
        return PolicyDocuments.read("document", source.getBytes(StandardCharsets.UTF_8));
    }

    /** The document, or problem {@code policy.document-invalid}. */
    static PolicyDocument require(String source) {
        ReadResult result = read(source);
        if (result instanceof ReadResult.Accepted accepted) {
            return accepted.document();
        }
        throw invalid(((ReadResult.Refused) result).problems());
    }

    /** The document, which must have the name and the kind that it has had. */
    static PolicyDocument require(String source, PolicyName name, DocumentKind kind) {
        PolicyDocument document = require(source);
        if (!document.metadata().name().equals(name)) {
            throw invalid(List.of(problem(
                    document,
                    "/metadata/name",
                    "metadata.name: " + document.metadata().name() + " (expected: " + name + ")",
                    "Keep the name, or create a new document under the other name.")));
        }
        if (document.kind() != kind) {
            throw invalid(List.of(problem(
                    document,
                    "/kind",
                    "kind: " + document.kind().word() + " (expected: " + kind.word() + ")",
                    "Keep the kind, or create a new document under another name.")));
        }
        return document;
    }

    static io.cordon.policy.document.Problem problem(
            PolicyDocument document, String pointer, String message, String remedy) {
        var position = document.source().position(pointer);
        return new io.cordon.policy.document.Problem(position.line(), position.column(), pointer, message, remedy);
    }

    static Problem invalid(List<io.cordon.policy.document.Problem> problems) {
        io.cordon.policy.document.Problem first = problems.get(0);
        String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
        return Problem.of(
                        ProblemCode.POLICY_DOCUMENT_INVALID,
                        "line " + first.line() + ": " + first.message() + more + ". " + first.remedy())
                .withErrors(problems);
    }
}
