package io.cordon.server.trust;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cordon.policy.trust.Role;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the repository serves now.
 *
 * @param separation who holds the approvers' keys
 * @param separationNotice the same for people
 */
@Schema(name = "RepositoryStatus")
public record RepositoryStatus(
        @Schema(required = true) Versions versions,
        @Schema(required = true) Expires expires,

        @Schema(required = true, description = "none: the server itself holds the approver key")
        Separation separation,

        @Schema(required = true) String separationNotice) {

    /** Whether approvals need people's keys. */
    @Schema(name = "Separation", type = SchemaType.STRING)
    public enum Separation {
        @JsonProperty("none")
        NONE
    }

    /** Metadata versions. */
    @Schema(name = "RepositoryVersions")
    public record Versions(
            @Schema(required = true) long root,
            @Schema(required = true) long targets,
            @Schema(required = true) long snapshot,
            @Schema(required = true) long timestamp) {}

    /** Ends of validity. */
    @Schema(name = "RepositoryExpires")
    public record Expires(
            @Schema(required = true) Instant root,
            @Schema(required = true) Instant targets,
            @Schema(required = true) Instant snapshot,
            @Schema(required = true) Instant timestamp) {}

    static RepositoryStatus of(Head head) {
        return new RepositoryStatus(
                new Versions(
                        head.version(Role.ROOT),
                        head.version(Role.TARGETS),
                        head.version(Role.SNAPSHOT),
                        head.version(Role.TIMESTAMP)),
                new Expires(
                        head.expires(Role.ROOT),
                        head.expires(Role.TARGETS),
                        head.expires(Role.SNAPSHOT),
                        head.expires(Role.TIMESTAMP)),
                Separation.NONE,
                "approvals are not separated: the server holds the approver key, so whoever may publish here, or controls"
                        + " this server, decides alone what endpoints enforce");
    }
}
