package io.cordon.policy.resolve;

import io.cordon.policy.model.EndpointFacts;
import java.time.Instant;

/** Resolves what holds for an endpoint (SPEC 3): base, then exceptions, then tightenings. */
public final class Resolver {

    private Resolver() {}

    /** What holds for the endpoint at that time; pure, so the same arguments give the same resolution everywhere. */
    public static Resolution resolve(PolicySet set, EndpointFacts facts, Instant now) {
        throw new UnsupportedOperationException("being written");
    }
}
