package io.cordon.agent.main;

import io.cordon.agent.egress.EgressSettings;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.telemetry.gateway.GatewayPorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@code run} was told.
 *
 * @param machine where it runs
 * @param protect further folders that no confined process may see
 * @param gateway where coding agents may send their telemetry, once policy asks for it
 * @param managedRoot below which coding agents' managed settings are written
 * @param egress how this machine's egress proxy is set up
 * @param own options that only this operating system has, by name
 */
record RunSettings(
        Machine machine,
        Installation installation,
        AgentLayout layout,
        List<Path> protect,
        GatewayPorts gateway,
        Path managedRoot,
        EgressSettings egress,
        Map<String, String> own) {
    RunSettings {
        own = Map.copyOf(own);
        protect = List.copyOf(protect);
    }

    List<Path> hidden() {
        return Stream.concat(layout.hidden().stream(), protect.stream())
                .distinct()
                .toList();
    }
}
