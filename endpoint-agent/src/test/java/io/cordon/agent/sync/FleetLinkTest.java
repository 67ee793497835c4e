package io.cordon.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.agent.enrollment.IdentityStore;
import io.cordon.agent.enrollment.MachineFacts;
import io.cordon.agent.testing.HintingDesk;
import io.cordon.agent.testing.TestSecrets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import opamp.proto.v1.Opamp.AgentToServer;
import opamp.proto.v1.Opamp.RemoteConfigStatuses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetLinkTest {
    private final SyncFixture fixture;
    private final HintingDesk desk = new HintingDesk();

    FleetLinkTest(@TempDir Path folder) throws Exception {
        fixture = new SyncFixture(folder);
        fixture.server.on(ControlChannel.PATH, desk::handle);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private FleetLink link() throws Exception {
        return new FleetLink(new FleetLink.Parts(
                fixture.connection,
                new IdentityStore(new TestSecrets()),
                new MachineFacts("ab".repeat(32), "host", "linux", "Debian 12", "amd64", "0.1.0"),
                fixture.folder.resolve("trust"),
                fixture.folder.resolve("policy"),
                fixture.inForce,
                fixture.health,
                () -> "",
                InstantSource.system(),
                new Random(9)));
    }

    @Test
    void publishedPolicyIsInForceAndReportedWithoutWaitingForTheNextLook() throws Exception {
        fixture.publish("curl");
        try (FleetLink link = link()) {
            link.start();
            AgentToServer first = reportOf("test", 1);
            fixture.publish("wget");
            desk.published("cc".repeat(32), 3, 3);
            AgentToServer report = reportOf("test", 2);
            assertEquals("test v2", fixture.inForce());
            assertEquals(
                    RemoteConfigStatuses.RemoteConfigStatuses_APPLIED,
                    report.getRemoteConfigStatus().getStatus());
            assertEquals(first.getInstanceUid(), report.getInstanceUid());
            assertEquals("enrolled", link.status().state());
        }
    }

    /** Reads reports until one says that this policy is in force. */
    private AgentToServer reportOf(String name, int version) throws Exception {
        while (true) {
            AgentToServer report = desk.next();
            String policy = report.getEffectiveConfig()
                    .getConfigMap()
                    .getConfigMapMap()
                    .getOrDefault("policy", opamp.proto.v1.Opamp.AgentConfigFile.getDefaultInstance())
                    .getBody()
                    .toStringUtf8();
            if (policy.contains("\"policyName\":\"" + name + "\",\"policyVersion\":" + version + ",")) {
                return report;
            }
        }
    }

    @Test
    void restoresWithoutAnyServer() throws Exception {
        fixture.publish("curl");
        fixture.sync.run(null);
        fixture.server.close();
        try (FleetLink link = link()) {
            assertEquals("test v1", fixture.inForce());
            assertEquals(
                    fixture.connection.identity().endpointId(), link.status().endpointId());
        }
    }
}
