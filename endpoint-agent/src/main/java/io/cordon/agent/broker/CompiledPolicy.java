package io.cordon.agent.broker;

import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.FileBoundary;
import io.cordon.agent.os.NetworkBoundary;
import io.cordon.policy.model.Limits;
import io.cordon.policy.model.Mode;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.List;

/** What every run under one policy shares, worked out when the policy comes into force and not for each command. */
final class CompiledPolicy {
    private final FileBoundary files;
    private final NetworkBoundary network;
    private final ConfinementPlan.Limits limits;

    CompiledPolicy(ResolvedPolicy policy) {
        boolean enforced = policy.mode() == Mode.ENFORCE;
        this.files = new FileBoundary(
                enforced,
                texts(policy.filesystem().readDeny()),
                texts(policy.filesystem().writeRoots()),
                texts(policy.filesystem().protectedPaths()));
        this.network = new NetworkBoundary(
                enforced,
                NetworkBoundary.Mode.valueOf(policy.network().mode().name()),
                policy.network().loopbackPorts().stream().sorted().distinct().toList());
        Limits given = policy.process().limits();
        this.limits = new ConfinementPlan.Limits(
                given.processes(), given.memoryMiB(), given.wallClockSeconds(), given.openFiles());
    }

    private static List<String> texts(List<PathPattern> patterns) {
        return patterns.stream().map(PathPattern::value).toList();
    }

    FileBoundary files() {
        return files;
    }

    NetworkBoundary network() {
        return network;
    }

    ConfinementPlan.Limits limits() {
        return limits;
    }
}
