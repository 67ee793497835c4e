package io.cordon.policy.trust;

/** Outcome of handing an enrollment seed to the client. */
public sealed interface SeedResult {
    /** The seed is pinned (first contact, or started over). */
    record Pinned(long rootVersion) implements SeedResult {}

    /** A root was pinned already and stays; a newer timestamp or snapshot of the seed was taken over. */
    record Kept(long rootVersion) implements SeedResult {}

    record Refused(Rejection rejection) implements SeedResult {}
}
