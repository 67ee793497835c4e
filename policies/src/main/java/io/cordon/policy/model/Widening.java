package io.cordon.policy.model;

import java.util.List;
import java.util.Optional;

/**
 * What an exception adds to, or takes away from, the base. What it takes away is named exactly as the base writes it.
 *
 * @param readAllow entries taken out of the read deny list
 * @param writeRoots further writable roots
 * @param unprotect entries taken out of the protected paths
 * @param networkDenyRemove host entries taken out of the network deny list
 * @param suspendRules ids of base command rules that do not hold
 * @param rules further allow rules
 */
public record Widening(
        List<PathPattern> readAllow,
        List<PathPattern> writeRoots,
        List<ProtectedPath> unprotect,
        Optional<NetworkMode> networkMode,
        List<HostRule> networkAllow,
        List<HostPattern> networkDenyRemove,
        List<Integer> loopbackPorts,
        PartialLimits limits,
        List<NamePattern> environmentPass,
        List<NamePattern> environmentWithholdRemove,
        Optional<Boolean> debugging,
        Optional<Decision> commandDefault,
        Optional<Decision> commandUnknown,
        List<String> suspendRules,
        List<CommandRule> rules) {

    public Widening {
        readAllow = List.copyOf(readAllow);
        writeRoots = List.copyOf(writeRoots);
        unprotect = List.copyOf(unprotect);
        networkAllow = List.copyOf(networkAllow);
        networkDenyRemove = List.copyOf(networkDenyRemove);
        loopbackPorts = List.copyOf(loopbackPorts);
        environmentPass = List.copyOf(environmentPass);
        environmentWithholdRemove = List.copyOf(environmentWithholdRemove);
        suspendRules = List.copyOf(suspendRules);
        rules = List.copyOf(rules);
    }
}
