package io.cordon.policy.baseline;

import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.List;

/** The baseline library. */
public final class Baseline {

    private Baseline() {}

    /** The policies of the library, from the narrowest to the widest. */
    public static List<BaselinePolicy> library() {
        throw new UnsupportedOperationException("being written");
    }

    /** The policy that holds when no other does. */
    public static ResolvedPolicy strictest() {
        return ResolvedPolicy.strictest();
    }
}
