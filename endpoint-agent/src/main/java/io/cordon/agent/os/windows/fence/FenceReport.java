package io.cordon.agent.os.windows.fence;

import java.util.List;
import java.util.Optional;

/**
 * What came of a convergence.
 *
 * @param writes objects removed or added
 * @param drift what others had changed and was put right, one line each
 * @param effectiveness whether it holds; what is in force may be nothing where no fence is needed
 * @param secondLayer why Windows Firewall does not hold as well; that alone refuses nothing
 */
public record FenceReport(int writes, List<String> drift, Effectiveness effectiveness, Optional<String> secondLayer) {
    public FenceReport {
        drift = List.copyOf(drift);
    }

    public boolean healthy() {
        return effectiveness instanceof Effectiveness.Effective && secondLayer.isEmpty();
    }

    /** One line for health, without counters. */
    public String status() {
        String second = secondLayer
                .map(problem ->
                        "; second layer degraded: " + problem + " (the filters of the first hold by themselves)")
                .orElse("");
        if (effectiveness instanceof Effectiveness.Leaking leaking) {
            return "the network fence leaks: " + String.join("; ", leaking.leaks()) + second;
        }
        if (effectiveness instanceof Effectiveness.Unverified unverified) {
            return "the network fence is not verified: " + unverified.reason() + second;
        }
        return "the network fence holds" + second;
    }
}
