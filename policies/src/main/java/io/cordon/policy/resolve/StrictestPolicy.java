package io.cordon.policy.resolve;

import io.cordon.policy.model.Agents;
import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.Commands;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.EnvironmentRules;
import io.cordon.policy.model.Filesystem;
import io.cordon.policy.model.Limits;
import io.cordon.policy.model.Mode;
import io.cordon.policy.model.Network;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.model.ProcessRules;
import io.cordon.policy.model.Telemetry;
import java.util.List;
import java.util.Map;

/** The built-in policy for an endpoint that has nothing verified: nothing runs, nothing is written, nothing is reached. */
final class StrictestPolicy {

    static final String NAME = "builtin-strictest";

    static final ResolvedPolicy POLICY = new ResolvedPolicy(
            NAME,
            0,
            Mode.ENFORCE,
            new Filesystem(List.of(new PathPattern("~")), List.of(), List.of(), List.of()),
            new Network(NetworkMode.OFFLINE, List.of(), List.of(), List.of()),
            new ProcessRules(
                    new Limits(64, 1024, 60, 256), new EnvironmentRules(List.of(), List.of(), Map.of()), false),
            new Commands(Decision.DENY, Decision.DENY, List.of(), List.of()),
            Agents.NONE,
            new Telemetry(ArgumentCapture.REDACTED, List.of(), 30),
            "");

    private StrictestPolicy() {}
}
