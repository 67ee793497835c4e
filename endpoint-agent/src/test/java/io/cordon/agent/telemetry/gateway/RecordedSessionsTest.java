package io.cordon.agent.telemetry.gateway;

import io.cordon.agent.telemetry.gateway.otlp.Export;
import io.cordon.agent.telemetry.gateway.otlp.RecordedExports;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedSessionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"codex", "claude-code", "gemini", "copilot"})
    void show(String agent) throws Exception {
        GatewayRig rig = new GatewayRig();
        long raw = 0;
        for (Export e : RecordedExports.of(agent)) {
            raw += e.size();
            rig.take(e);
        }
        System.err.println(agent + " raw " + raw + " stored " + rig.storedBytes() + " events "
                + rig.events().size());
        rig.stored().forEach(s -> System.err.println("  " + s.name() + " " + s.at() + " " + s.attributes()));
        rig.stored().stream().map(s -> s.resource()).distinct().forEach(r -> System.err.println("  R " + r));
    }
}
