package io.cordon.policy.model;

import java.util.List;
import java.util.Optional;

/**
 * An overlay that can only narrow (SPEC 3.4). An absent field leaves the base as it is.
 *
 * @param writeRoots the only roots that stay writable, when present
 * @param networkAllow the only hosts that stay allowed, when present
 * @param loopbackPorts the only loopback ports that stay, when present
 * @param environmentPass the only variables that stay passed, when present
 * @param rules deny and prompt rules laid over the base; they never replace its default
 * @param agents what gets stricter for coding agents
 */
public record Tightening(
        Metadata metadata,
        Source source,
        Selector appliesTo,
        Optional<Mode> mode,
        List<PathPattern> readDeny,
        Optional<List<PathPattern>> writeRoots,
        List<ProtectedPath> protect,
        Optional<NetworkMode> networkMode,
        Optional<List<HostRule>> networkAllow,
        List<HostRule> networkDeny,
        Optional<List<Integer>> loopbackPorts,
        PartialLimits limits,
        Optional<List<NamePattern>> environmentPass,
        List<NamePattern> environmentWithhold,
        Optional<Boolean> debugging,
        Optional<Decision> commandDefault,
        Optional<Decision> commandUnknown,
        List<CommandRule> rules,
        PartialAgents agents,
        Optional<ArgumentCapture> arguments,
        List<RedactionPattern> redact,
        Optional<Integer> retainDays)
        implements PolicyDocument {

    public Tightening {
        readDeny = List.copyOf(readDeny);
        protect = List.copyOf(protect);
        networkDeny = List.copyOf(networkDeny);
        environmentWithhold = List.copyOf(environmentWithhold);
        rules = List.copyOf(rules);
        redact = List.copyOf(redact);
        for (CommandRule rule : rules) {
            if (rule.decision() == Decision.ALLOW) {
                throw new IllegalArgumentException(
                        "rule " + rule.id() + " decision: allow (expected: prompt or deny, a tightening only narrows)");
            }
        }
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.TIGHTENING;
    }
}
