package io.cordon.server.fleet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Endpoints as the admin API shows them. */
@ApplicationScoped
class EndpointViews {

    private final HeadWatch watch;
    private final InstantSource clock;

    EndpointViews(HeadWatch watch, InstantSource clock) {
        this.watch = watch;
        this.clock = clock;
    }

    /** A row of the fleet's list. @param stateReason in words why the state is what it is */
    public record EndpointSummary(
            @NotNull UUID id,
            @NotNull String hostname,
            @NotNull String os,
            @NotNull String osVersion,
            @NotNull String group,
            @NotNull EndpointState state,
            @NotNull String stateReason,
            @NotNull String agentVersion,
            @Nullable String policyName,
            @Nullable Integer policyVersion,
            @Nullable Instant lastContactAt,
            @NotNull Instant enrolledAt) {}

    /** Everything about one endpoint. */
    public record EndpointDetail(
            @NotNull UUID id,
            @NotNull String hostname,
            @NotNull String os,
            @NotNull String osVersion,
            @NotNull String group,
            @NotNull EndpointState state,
            @NotNull String stateReason,
            @NotNull String agentVersion,
            @Nullable String policyName,
            @Nullable Integer policyVersion,
            @Nullable Instant lastContactAt,
            @NotNull Instant enrolledAt,
            @NotNull String arch,
            @NotNull Map<String, String> tags,
            @NotNull String machineId,
            @Nullable DeviceCertificate certificate,
            @Nullable Health health,
            @Nullable LastAttempt lastAttempt,
            @Nullable EffectivePolicy effectivePolicy) {}

    /** What became of the last offer that counts. */
    public record LastAttempt(
            @NotNull Instant at,
            @NotNull Attempt.Status status,
            @NotNull String reason) {

        static @Nullable LastAttempt of(@Nullable Attempt attempt) {
            return attempt == null ? null : new LastAttempt(attempt.at(), attempt.status(), attempt.reason());
        }
    }

    EndpointSummary summary(Endpoint endpoint) {
        EndpointState state = state(endpoint);
        EffectivePolicy policy = endpoint.effectivePolicy();
        Facts facts = endpoint.facts();
        return new EndpointSummary(
                endpoint.id(),
                facts.hostname(),
                facts.os(),
                facts.osVersion(),
                endpoint.group(),
                state,
                reason(endpoint, state),
                facts.agentVersion(),
                policy == null ? null : policy.policyName(),
                policy == null ? null : policy.policyVersion(),
                endpoint.lastContactAt(),
                endpoint.enrolledAt());
    }

    EndpointDetail detail(Endpoint endpoint) {
        EndpointSummary summary = summary(endpoint);
        return new EndpointDetail(
                summary.id(),
                summary.hostname(),
                summary.os(),
                summary.osVersion(),
                summary.group(),
                summary.state(),
                summary.stateReason(),
                summary.agentVersion(),
                summary.policyName(),
                summary.policyVersion(),
                summary.lastContactAt(),
                summary.enrolledAt(),
                endpoint.facts().arch(),
                endpoint.tags(),
                endpoint.machineId(),
                endpoint.certificate(),
                endpoint.health(),
                LastAttempt.of(endpoint.lastAttempt()),
                endpoint.effectivePolicy());
    }

    EndpointState state(Endpoint endpoint) {
        return EndpointState.of(endpoint, watch.head().targetsVersion(), clock.instant());
    }

    private String reason(Endpoint endpoint, EndpointState state) {
        EffectivePolicy policy = endpoint.effectivePolicy();
        long held = policy == null ? 0 : policy.targetsVersion();
        return switch (state) {
            case DISABLED -> "Disabled at " + endpoint.disabledAt() + ".";
            case NEVER_SYNCED -> "Enrolled, but has not reported a policy yet.";
            case SILENT ->
                "Not heard of since " + endpoint.lastContactAt() + " (more than " + EndpointState.SILENCE.toSeconds()
                        + " s).";
            case REFUSED ->
                endpoint.lastAttempt() == null
                                || endpoint.lastAttempt().reason().isEmpty()
                        ? "Refused what is published."
                        : endpoint.lastAttempt().reason();
            case STALE -> "Enforces metadata that expired at " + (policy == null ? "" : policy.staleSince()) + ".";
            case IN_FORCE -> "Enforces what is published (version " + held + ").";
            case PENDING ->
                "Enforces version " + held + "; version " + watch.head().targetsVersion() + " is published.";
        };
    }
}
