package io.cordon.server.policy;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What comes over the wire about policies. */
final class PolicyRequests {
    private PolicyRequests() {}

    @Schema(name = "CreatePolicy")
    public record Create(
            @Schema(required = true) @NotNull String source,
            @Schema(required = true) @NotNull String reason) {}

    @Schema(name = "SaveDraft")
    public record Save(
            @Schema(required = true) @NotNull String source,
            @Schema(required = true) @NotNull String reason,

            @Schema(description = "revision of the draft that was changed; 0 or absent when there was none")
            @Min(0)
            @Nullable
            Integer expectedRevision) {}

    @Schema(name = "PublishPolicy")
    public record Publish(
            @Schema(required = true) @NotNull String reason,

            @Schema(required = true, description = "revision of the draft that is published") @Min(1)
            int expectedRevision) {}

    @Schema(name = "ValidatePolicy")
    public record Validate(@Schema(required = true) @NotNull String source) {}

    /** What somebody would do with a path. */
    @Schema(name = "PathAccess")
    public enum PathAccess {
        read,
        write
    }

    @Schema(name = "EvaluatePolicy", description = "a source or the name of a policy, and one of command, path or host")
    public record Evaluate(
            @Nullable String source,
            @Nullable String name,
            @Nullable List<String> command,
            @Nullable String path,
            @Nullable PathAccess access,
            @Nullable String host,
            @Nullable Integer port) {}
}
