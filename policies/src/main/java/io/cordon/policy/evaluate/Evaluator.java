package io.cordon.policy.evaluate;

import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.List;

/** Decides by a resolved policy (SPEC 4). The mode does not matter here: in audit mode a denial is a denial that does not hold. */
public final class Evaluator {

    private Evaluator() {}

    /** The decision on running the command, shell lines and wrappers taken apart. */
    public static CommandDecision command(ResolvedPolicy policy, List<String> argv) {
        throw new UnsupportedOperationException("being written");
    }

    /** The decision on reading or writing a path, lexically: links are the operating system's affair. */
    public static PathDecision path(ResolvedPolicy policy, PathContext context, String path, Access access) {
        throw new UnsupportedOperationException("being written");
    }

    /** The decision on connecting to a host and TCP port. */
    public static HostDecision host(ResolvedPolicy policy, String host, int port) {
        throw new UnsupportedOperationException("being written");
    }
}
