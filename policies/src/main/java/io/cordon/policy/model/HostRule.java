package io.cordon.policy.model;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A host and the TCP ports it means; no ports means every port.
 *
 * @param ports 1 to 65535, ascending
 */
public record HostRule(HostPattern host, List<Integer> ports) {

    public HostRule {
        ports = ports.stream().map(Ports::checked).distinct().sorted().toList();
    }

    /** True when the rule means that host and port. */
    public boolean matches(Host target, int port) {
        return host.matches(target) && (ports.isEmpty() || ports.contains(port));
    }

    /** The rule for what both mean; null when that is nothing. */
    public @Nullable HostRule intersect(HostRule other) {
        HostPattern both = host.intersect(other.host);
        if (both == null) {
            return null;
        }
        if (ports.isEmpty() || other.ports.isEmpty()) {
            return new HostRule(both, ports.isEmpty() ? other.ports : ports);
        }
        List<Integer> common = ports.stream().filter(other.ports::contains).toList();
        return common.isEmpty() ? null : new HostRule(both, common);
    }

    @Override
    public String toString() {
        return ports.isEmpty()
                ? host.value()
                : host.value() + ":" + ports.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
