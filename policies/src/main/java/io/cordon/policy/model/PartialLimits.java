package io.cordon.policy.model;

import java.util.Optional;

/** Some of the limits of {@link Limits}, in the same units; absent ones leave the base as it is. */
public record PartialLimits(
        Optional<Integer> processes,
        Optional<Integer> memoryMiB,
        Optional<Integer> wallClockSeconds,
        Optional<Integer> openFiles) {

    /** Changes nothing. */
    public static final PartialLimits NONE =
            new PartialLimits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
