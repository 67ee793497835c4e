package io.cordon.server.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint says it enforces. Self-reported: it tells what is in force, it proves nothing.
 *
 * @param policyVersion revision of the policy document, 0 for the built-in one
 * @param digest of the resolved policy
 * @param mode {@code enforce} or {@code audit}
 * @param staleSince since when the metadata it enforces has been expired, null when it has not
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EffectivePolicy(
        @NotNull String policyName,
        @NotNull int policyVersion,
        @NotNull String digest,
        @NotNull String mode,
        @NotNull long targetsVersion,
        @NotNull long rootVersion,
        @Nullable Instant staleSince,
        @NotNull List<Document> documents,
        @NotNull List<String> notices) {

    /** A document that the policy was resolved from. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Document(
            @NotNull String target,
            @NotNull int revision,
            @NotNull String digest,
            @NotNull String kind) {}

    @SuppressWarnings("ConstantValue") // absent in what an endpoint sends
    public EffectivePolicy {
        policyName = policyName == null ? "" : policyName;
        digest = digest == null ? "" : digest;
        mode = mode == null ? "" : mode;
        documents = documents == null ? List.of() : List.copyOf(documents);
        notices = notices == null ? List.of() : List.copyOf(notices);
    }
}
