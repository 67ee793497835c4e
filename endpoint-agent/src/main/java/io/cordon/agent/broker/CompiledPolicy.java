package io.cordon.agent.broker;

import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.FileBoundary;
import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.policy.model.Limits;
import io.cordon.policy.model.Mode;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.model.Telemetry;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every run under one policy shares, worked out when the policy comes into force and not for each command. */
final class CompiledPolicy {
    /** What the confinement needs for itself. */
    private static final int LEAST_PROCESSES = 4;

    private final Telemetry telemetry;
    private final FileBoundary files;
    private final NetworkBoundary network;
    private final ConfinementPlan.Limits limits;
    private volatile @Nullable Redactor redactor;

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
        this.limits = enforced ? limits(policy.process().limits()) : ConfinementPlan.Limits.NONE;
        this.telemetry = policy.telemetry();
    }

    private static ConfinementPlan.Limits limits(Limits given) {
        return new ConfinementPlan.Limits(
                Math.max(LEAST_PROCESSES, given.processes()),
                given.memoryMiB(),
                given.wallClockSeconds(),
                given.openFiles());
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

    /** The redactor of this policy; the key is the same for the life of the agent. */
    Redactor redactor(byte[] key) {
        Redactor known = redactor;
        if (known == null) {
            known = new Redactor(telemetry, key);
            redactor = known;
        }
        return known;
    }
}
