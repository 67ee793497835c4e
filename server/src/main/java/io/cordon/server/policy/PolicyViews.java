package io.cordon.server.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.cordon.policy.baseline.BaselinePolicy;
import io.cordon.policy.model.DocumentKind;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What goes over the wire about policies. */
final class PolicyViews {
    private PolicyViews() {}

    /** {@link DocumentKind} on the wire. */
    @Schema(name = "DocumentKind")
    public enum Kind {
        SandboxPolicy,
        Tightening,
        Exception,
        Assignments;

        static Kind of(DocumentKind kind) {
            return valueOf(kind.word());
        }

        DocumentKind kind() {
            return DocumentKind.ofWord(name());
        }
    }

    /** A decision on the wire. */
    @Schema(
            name = "Decision",
            enumeration = {"allow", "prompt", "deny"})
    public record DecisionView(@JsonValue String value) {
        @JsonCreator
        public DecisionView {}
    }

    @Schema(name = "PolicySummary")
    public record Summary(
            @Schema(required = true) String name,
            @Schema(required = true) Kind kind,
            @Schema(required = true) String title,

            @Schema(required = true, nullable = true) @Nullable
            Integer publishedRevision,

            @Schema(required = true, nullable = true) @Nullable
            Instant draftUpdatedAt,

            @Schema(required = true) Instant updatedAt,
            @Schema(required = true) String updatedBy) {

        static Summary of(PolicyEntry entry) {
            Draft draft = entry.draft();
            PublishedRevision current = entry.current();
            if (draft != null) {
                return new Summary(
                        entry.name().value(),
                        Kind.of(entry.kind()),
                        draft.title(),
                        current == null ? null : current.revision(),
                        draft.updatedAt(),
                        draft.updatedAt(),
                        draft.author());
            }
            if (current == null) {
                throw new IllegalStateException(entry.name() + ": neither draft nor revision");
            }
            return new Summary(
                    entry.name().value(),
                    Kind.of(entry.kind()),
                    current.title(),
                    current.revision(),
                    null,
                    current.publishedAt(),
                    current.author());
        }
    }

    @Schema(name = "PolicyDraft")
    public record DraftView(
            @Schema(required = true) String source,

            @Schema(required = true, description = "name it as expectedRevision when you save or publish")
            int revision,

            @Schema(required = true) String author,
            @Schema(required = true) Instant updatedAt) {

        static DraftView of(Draft draft) {
            return new DraftView(draft.source(), draft.revision(), draft.author(), draft.updatedAt());
        }
    }

    @Schema(name = "PolicyRevisionSummary")
    public record RevisionSummary(
            @Schema(required = true) int revision,
            @Schema(required = true) String digest,
            @Schema(required = true) String author,
            @Schema(required = true) String reason,
            @Schema(required = true) Instant publishedAt) {

        static RevisionSummary of(PublishedRevision revision) {
            return new RevisionSummary(
                    revision.revision(),
                    revision.digest(),
                    revision.author(),
                    revision.reason(),
                    revision.publishedAt());
        }
    }

    @Schema(name = "PolicyRevision")
    public record Revision(
            @Schema(required = true) String name,
            @Schema(required = true) Kind kind,
            @Schema(required = true) int revision,
            @Schema(required = true) String digest,
            @Schema(required = true) String author,
            @Schema(required = true) String reason,
            @Schema(required = true) Instant publishedAt,
            @Schema(required = true) String source) {

        static Revision of(PublishedRevision revision) {
            return new Revision(
                    revision.name().value(),
                    Kind.of(revision.kind()),
                    revision.revision(),
                    revision.digest(),
                    revision.author(),
                    revision.reason(),
                    revision.publishedAt(),
                    revision.source());
        }
    }

    @Schema(name = "Policy")
    public record Detail(
            @Schema(required = true) String name,
            @Schema(required = true) Kind kind,
            @Schema(required = true) String title,
            @Schema(required = true) String description,

            @Schema(required = true, nullable = true) @Nullable
            DraftView draft,

            @Schema(required = true, description = "newest first")
            List<RevisionSummary> revisions) {

        static Detail of(PolicyEntry entry, List<PublishedRevision> revisions) {
            Draft draft = entry.draft();
            PublishedRevision current = entry.current();
            String title = draft != null ? draft.title() : current == null ? "" : current.title();
            String description = draft != null ? draft.description() : current == null ? "" : current.description();
            return new Detail(
                    entry.name().value(),
                    Kind.of(entry.kind()),
                    title,
                    description,
                    draft == null ? null : DraftView.of(draft),
                    revisions.stream().map(RevisionSummary::of).toList());
        }
    }

    @Schema(name = "DocumentError")
    public record DocumentError(
            @Schema(required = true, description = "counted from 1; 0 for the whole document")
            int line,

            @Schema(required = true) int column,

            @Schema(required = true, description = "JSON pointer")
            String pointer,

            @Schema(required = true) String message,
            @Schema(required = true) String remedy) {

        static DocumentError of(io.cordon.policy.document.Problem problem) {
            return new DocumentError(
                    problem.line(), problem.column(), problem.pointer(), problem.message(), problem.remedy());
        }
    }

    @Schema(name = "PolicyValidation")
    public record Validation(
            @Schema(required = true) boolean valid,

            @Schema(required = true, nullable = true) @Nullable
            Kind kind,

            @Schema(required = true, nullable = true) @Nullable
            String name,

            @Schema(required = true) List<DocumentError> errors) {}

    @Schema(name = "Baseline")
    public record BaselineView(
            @Schema(required = true) String name,
            @Schema(required = true) String title,
            @Schema(required = true) String intent,
            @Schema(required = true) String source) {

        static BaselineView of(BaselinePolicy baseline) {
            return new BaselineView(baseline.name(), baseline.title(), baseline.intent(), baseline.yaml());
        }
    }

    @Schema(name = "PolicyPublication")
    public record Publication(
            @Schema(required = true) int revision,
            @Schema(required = true) long targetsVersion) {}
}
