package io.cordon.server.investigation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cordon.server.telemetry.AskNumbers;
import io.cordon.server.telemetry.AskQuery;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How often hooks decided over a period, how often that meant to ask a developer, and what came of it.
 *
 * @param byAgent and the others: those that ask most often first, at most 20
 */
@Schema(name = "AskReport")
public record AskReport(
        @Schema(required = true) Instant from,
        @Schema(required = true) Instant to,
        @Schema(required = true) Numbers total,
        @Schema(required = true) List<Group> byAgent,
        @Schema(required = true) List<Group> byUser,
        @Schema(required = true) List<Group> byEndpoint,
        @Schema(required = true) List<Group> byRule) {

    /**
     * @param allowed decisions to let pass
     * @param denied decisions to refuse
     * @param asked decisions to ask
     * @param saidYes and {@code saidNo}: answers
     * @param remembered questions that an earlier answer made unnecessary
     * @param unanswered questions without an answer
     * @param meanAnswerMs mean time to an answer in milliseconds; null when there was none
     */
    @Schema(name = "AskNumbers")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Numbers(
            @Schema(required = true) long allowed,
            @Schema(required = true) long denied,
            @Schema(required = true) long asked,
            @Schema(required = true) long saidYes,
            @Schema(required = true) long saidNo,
            @Schema(required = true) long remembered,
            @Schema(required = true) long unanswered,

            @Schema(required = true, nullable = true) @Nullable
            Long meanAnswerMs) {

        static Numbers of(AskNumbers numbers) {
            return new Numbers(
                    numbers.allowed(),
                    numbers.denied(),
                    numbers.asked(),
                    numbers.saidYes(),
                    numbers.saidNo(),
                    numbers.remembered(),
                    numbers.unanswered(),
                    numbers.answers() == 0 ? null : Math.round((double) numbers.answerMillis() / numbers.answers()));
        }
    }

    /** The numbers of one agent, user, endpoint or rule. @param key empty for those that tell none */
    @Schema(name = "AskGroup")
    public record Group(
            @Schema(required = true) String key,
            @Schema(required = true) String label,
            @Schema(required = true) Numbers numbers) {

        static Group of(AskQuery.Group group) {
            return new Group(group.key(), group.label(), Numbers.of(group.numbers()));
        }
    }
}
