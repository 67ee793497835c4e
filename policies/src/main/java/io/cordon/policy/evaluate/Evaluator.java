package io.cordon.policy.evaluate;

import io.cordon.policy.command.CommandLine;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.List;

/** Decides by a resolved policy (SPEC 4). The mode does not matter here: in audit mode a denial is a denial that does not hold. */
public final class Evaluator {

    private Evaluator() {}

    /** The decision on running the command, shell lines and wrappers taken apart. */
    public static CommandDecision command(ResolvedPolicy policy, List<String> argv) {
        return CommandEvaluation.decide(policy.commands(), CommandLine.of(argv));
    }

    /** The decision on a line as typed into a POSIX shell. */
    public static CommandDecision shellLine(ResolvedPolicy policy, String line) {
        return CommandEvaluation.decide(policy.commands(), CommandLine.ofShell(line));
    }

    /** The decision on reading or writing a path, lexically: links are the operating system's affair. */
    public static PathDecision path(ResolvedPolicy policy, PathContext context, String path, Access access) {
        return PathEvaluation.decide(policy.filesystem(), context, path, access);
    }

    /** The decision on connecting to a host and TCP port, in the mode of the policy and without seeing a method. */
    public static HostDecision host(ResolvedPolicy policy, String host, int port) {
        return hostIn(policy, policy.network().mode(), host, port);
    }

    /** The decision where that network mode is enforced, which may be narrower than the policy's. */
    public static HostDecision hostIn(ResolvedPolicy policy, NetworkMode enforced, String host, int port) {
        return HostEvaluation.decide(policy.network(), enforced, host, port, null);
    }

    /** The decision on a request of plain HTTP through the egress proxy, which sees the method. */
    public static HostDecision request(ResolvedPolicy policy, String host, int port, String method) {
        return HostEvaluation.decide(policy.network(), policy.network().mode(), host, port, method);
    }
}
