package io.cordon.agent.sync;

import com.google.protobuf.ByteString;
import io.cordon.agent.enrollment.MachineFacts;
import io.cordon.agent.health.ComponentState;
import io.cordon.agent.health.HealthReport;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import opamp.proto.v1.Anyvalue.AnyValue;
import opamp.proto.v1.Anyvalue.KeyValue;
import opamp.proto.v1.Opamp.AgentCapabilities;
import opamp.proto.v1.Opamp.AgentConfigFile;
import opamp.proto.v1.Opamp.AgentConfigMap;
import opamp.proto.v1.Opamp.AgentDescription;
import opamp.proto.v1.Opamp.AgentToServer;
import opamp.proto.v1.Opamp.ComponentHealth;
import opamp.proto.v1.Opamp.EffectiveConfig;
import opamp.proto.v1.Opamp.RemoteConfigStatus;
import opamp.proto.v1.Opamp.RemoteConfigStatuses;
import org.jspecify.annotations.Nullable;

/** Reports as OpAMP messages. Pure but for the sequence number, which counts the messages made. */
final class ReportMessages {
    private static final long CAPABILITIES = AgentCapabilities.AgentCapabilities_ReportsStatus_VALUE
            | AgentCapabilities.AgentCapabilities_AcceptsRemoteConfig_VALUE
            | AgentCapabilities.AgentCapabilities_ReportsEffectiveConfig_VALUE
            | AgentCapabilities.AgentCapabilities_ReportsRemoteConfig_VALUE
            | AgentCapabilities.AgentCapabilities_ReportsHealth_VALUE;

    private final ByteString instance;
    private final AgentDescription description;
    private final Instant started;
    private long sequence;

    ReportMessages(String endpointId, MachineFacts machine, Instant started) {
        this.instance = instance(endpointId);
        this.description = AgentDescription.newBuilder()
                .addIdentifyingAttributes(pair("service.name", "cordon-agent"))
                .addIdentifyingAttributes(pair("service.version", machine.agentVersion()))
                .addIdentifyingAttributes(pair("service.instance.id", endpointId))
                .addNonIdentifyingAttributes(pair("os.type", machine.os()))
                .addNonIdentifyingAttributes(pair("os.description", machine.osVersion()))
                .addNonIdentifyingAttributes(pair("host.name", machine.hostname()))
                .addNonIdentifyingAttributes(pair("host.arch", machine.arch()))
                .addNonIdentifyingAttributes(pair("cordon.machine_id", machine.machineId()))
                .build();
        this.started = started;
    }

    /** The 16 bytes of the UUID. */
    static ByteString instance(String endpointId) {
        UUID id = UUID.fromString(endpointId);
        return ByteString.copyFrom(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
    }

    ByteString instance() {
        return instance;
    }

    /**
     * The next message: everything, or what differs from what the server is known to have.
     *
     * @param known the last report that the server answered; null for a full one
     */
    AgentToServer next(AgentReport report, @Nullable AgentReport known) {
        AgentToServer.Builder message = AgentToServer.newBuilder()
                .setInstanceUid(instance)
                .setSequenceNum(sequence++)
                .setCapabilities(CAPABILITIES);
        if (known == null) {
            message.setAgentDescription(description);
        }
        if (known == null || !known.health().equals(report.health())) {
            message.setHealth(health(report.health()));
        }
        if (known == null
                || !known.inForce().equals(report.inForce())
                || !known.inventory().equals(report.inventory())) {
            message.setEffectiveConfig(effective(report));
        }
        Optional<RemoteConfigStatus> status = status(report);
        if (known == null || !status.equals(status(known))) {
            status.ifPresent(message::setRemoteConfigStatus);
        }
        return message.build();
    }

    private ComponentHealth health(HealthReport report) {
        ComponentHealth.Builder all = ComponentHealth.newBuilder()
                .setHealthy(report.healthy())
                .setStartTimeUnixNano(nanos(started))
                .setLastError(report.problem().orElse(""))
                .setStatus(report.healthy() ? "well" : "degraded");
        report.components().forEach((component, state) -> all.putComponentHealthMap(component.word(), health(state)));
        return all.build();
    }

    private static ComponentHealth health(ComponentState state) {
        return ComponentHealth.newBuilder()
                .setHealthy(state.healthy())
                .setStatus(state.status())
                .setLastError(state.healthy() ? "" : state.status())
                .build();
    }

    /** The policy in force, and what was found on the machine beside it. */
    private static EffectiveConfig effective(AgentReport report) {
        AgentConfigMap.Builder files = AgentConfigMap.newBuilder()
                .putConfigMap("policy", json(ByteString.copyFrom(EffectivePolicyJson.write(report.inForce()))));
        if (!report.inventory().isEmpty()) {
            files.putConfigMap("inventory", json(ByteString.copyFromUtf8(report.inventory())));
        }
        return EffectiveConfig.newBuilder().setConfigMap(files).build();
    }

    private static AgentConfigFile json(ByteString body) {
        return AgentConfigFile.newBuilder()
                .setBody(body)
                .setContentType("application/json")
                .build();
    }

    /**
     * What became of the server's last hint. A failed attempt answers its own hint; without one, the hint that the policy in
     * force answers is repeated.
     */
    private static Optional<RemoteConfigStatus> status(AgentReport report) {
        @Nullable Attempt last = report.lastAttempt().orElse(null);
        if (last != null && !last.applied() && last.offer() != null) {
            return Optional.of(RemoteConfigStatus.newBuilder()
                    .setLastRemoteConfigHash(bytes(last.offer().hash()))
                    .setStatus(RemoteConfigStatuses.RemoteConfigStatuses_FAILED)
                    .setErrorMessage(last.reason())
                    .build());
        }
        RemoteConfigStatus.Builder status = RemoteConfigStatus.newBuilder();
        if (report.inForce().offer() != null) {
            status.setLastRemoteConfigHash(bytes(report.inForce().offer()));
        }
        if (last != null && !last.applied()) {
            return Optional.of(status.setStatus(RemoteConfigStatuses.RemoteConfigStatuses_FAILED)
                    .setErrorMessage(last.reason())
                    .build());
        }
        if (report.inForce().offer() == null) {
            return Optional.empty();
        }
        return Optional.of(status.setStatus(RemoteConfigStatuses.RemoteConfigStatuses_APPLIED)
                .build());
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    private static KeyValue pair(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
