package io.cordon.agent.telemetry;

import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened while a run was executed, seen by another part of the agent than its launcher.
 *
 * @param of the run below whose execution it hangs
 * @param error what went wrong; null when nothing did
 */
public record ChildSpan(
        String name,
        RunIds of,
        Instant startedAt,
        Instant endedAt,
        Attributes attributes,
        @Nullable String error) {}
