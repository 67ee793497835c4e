package io.cordon.server.fleet;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import opamp.proto.v1.Opamp.AgentConfigFile;
import opamp.proto.v1.Opamp.AgentConfigMap;
import opamp.proto.v1.Opamp.AgentRemoteConfig;
import opamp.proto.v1.Opamp.AgentToServer;
import opamp.proto.v1.Opamp.ServerCapabilities;
import opamp.proto.v1.Opamp.ServerToAgent;
import opamp.proto.v1.Opamp.ServerToAgentFlags;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * OpAMP over plain HTTP: the endpoint reports, the server answers with a hint that something is published. A hint only: what
 * the endpoint enforces it verifies by itself.
 */
@Path("/opamp/v1")
public class OpampResource {

    static final String PROTOBUF = "application/x-protobuf";
    private static final int MAX_MESSAGE = 1 << 20;
    private static final long CAPABILITIES = ServerCapabilities.ServerCapabilities_AcceptsStatus_VALUE
            | ServerCapabilities.ServerCapabilities_OffersRemoteConfig_VALUE
            | ServerCapabilities.ServerCapabilities_AcceptsEffectiveConfig_VALUE;

    private final DeviceIdentity identity;
    private final FleetStore fleet;
    private final InventoryStore inventories;
    private final Contacts contacts;
    private final OpampReports reports;
    private final ControlChannel channel;
    private final HeadWatch watch;
    private final InstantSource clock;

    /** Last sequence number and applied hash for each endpoint that talks to this node; without, the full state is asked for. */
    private final Map<UUID, Known> known = new ConcurrentHashMap<>();

    private record Known(long sequence, byte[] appliedHash) {}

    OpampResource(
            DeviceIdentity identity,
            FleetStore fleet,
            InventoryStore inventories,
            Contacts contacts,
            OpampReports reports,
            ControlChannel channel,
            HeadWatch watch,
            InstantSource clock) {
        this.identity = identity;
        this.fleet = fleet;
        this.inventories = inventories;
        this.contacts = contacts;
        this.reports = reports;
        this.channel = channel;
        this.watch = watch;
        this.clock = clock;
    }

    @POST
    @Consumes(PROTOBUF)
    @Produces(PROTOBUF)
    @Blocking
    @Operation(hidden = true)
    public Uni<byte[]> exchange(@HeaderParam("Content-Encoding") @Nullable String encoding, byte[] body) {
        UUID endpointId = identity.endpointId();
        AgentToServer message = parse(encoding, body);
        requireOwn(endpointId, message);
        contacts.heardOf(endpointId);
        Report report = reports.read(message);
        if (!report.isEmpty()) {
            fleet.report(endpointId, report);
        }
        if (report.inventory() != null) {
            inventories.replace(endpointId, report.inventory(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        }
        if (message.hasAgentDisconnect()) {
            known.remove(endpointId);
            return Uni.createFrom().item(reply(endpointId, false, false));
        }
        boolean missing = isMissingState(endpointId, message);
        byte[] applied = remember(endpointId, message);
        return channel.reply(endpointId, applied, missing)
                .map(offer -> reply(endpointId, Boolean.TRUE.equals(offer), missing));
    }

    private static AgentToServer parse(@Nullable String encoding, byte[] body) {
        try {
            return AgentToServer.parseFrom(decoded(encoding, body));
        } catch (InvalidProtocolBufferException e) {
            throw Problem.of(ProblemCode.FLEET_UNDECODABLE, "The body is not an AgentToServer message.");
        } catch (IOException e) {
            throw Problem.of(ProblemCode.FLEET_UNDECODABLE, "The body is not gzip, as its Content-Encoding says.");
        }
    }

    private static byte[] decoded(@Nullable String encoding, byte[] body) throws IOException {
        byte[] plain = body;
        if ("gzip".equalsIgnoreCase(encoding)) {
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
                plain = gzip.readNBytes(MAX_MESSAGE + 1);
            }
        }
        if (plain.length > MAX_MESSAGE) {
            throw Problem.of(ProblemCode.PLATFORM_TOO_LARGE, "The message has more than " + MAX_MESSAGE + " bytes.");
        }
        return plain;
    }

    private static void requireOwn(UUID endpointId, AgentToServer message) {
        byte[] own = ByteBuffer.allocate(16)
                .putLong(endpointId.getMostSignificantBits())
                .putLong(endpointId.getLeastSignificantBits())
                .array();
        if (!Arrays.equals(own, message.getInstanceUid().toByteArray())) {
            throw Problem.of(
                    ProblemCode.FLEET_IDENTITY_MISMATCH,
                    "instance_uid: not that of the certificate (expected: the 16 bytes of " + endpointId + ")");
        }
    }

    /** A message that reports less than everything makes sense only to a node that knows the ones before. */
    private boolean isMissingState(UUID endpointId, AgentToServer message) {
        boolean full = message.hasAgentDescription() && message.hasEffectiveConfig() && message.hasRemoteConfigStatus();
        Known last = known.get(endpointId);
        return !full && (last == null || message.getSequenceNum() != last.sequence() + 1);
    }

    private byte[] remember(UUID endpointId, AgentToServer message) {
        Known last = known.get(endpointId);
        byte[] applied = message.hasRemoteConfigStatus()
                ? message.getRemoteConfigStatus().getLastRemoteConfigHash().toByteArray()
                : last == null ? new byte[0] : last.appliedHash();
        known.put(endpointId, new Known(message.getSequenceNum(), applied));
        return applied;
    }

    private byte[] reply(UUID endpointId, boolean offer, boolean missing) {
        ServerToAgent.Builder reply = ServerToAgent.newBuilder()
                .setInstanceUid(ByteString.copyFrom(ByteBuffer.allocate(16)
                        .putLong(endpointId.getMostSignificantBits())
                        .putLong(endpointId.getLeastSignificantBits())
                        .flip()))
                .setCapabilities(CAPABILITIES);
        if (missing) {
            reply.setFlags(ServerToAgentFlags.ServerToAgentFlags_ReportFullState_VALUE);
        }
        if (offer) {
            reply.setRemoteConfig(offer(watch.head()));
        }
        return reply.build().toByteArray();
    }

    private static AgentRemoteConfig offer(PublishedHead head) {
        String hint =
                "{\"targetsVersion\":" + head.targetsVersion() + ",\"snapshotVersion\":" + head.snapshotVersion() + "}";
        return AgentRemoteConfig.newBuilder()
                .setConfigHash(ByteString.copyFrom(head.hash()))
                .setConfig(AgentConfigMap.newBuilder()
                        .putConfigMap(
                                "cordon.repository",
                                AgentConfigFile.newBuilder()
                                        .setBody(ByteString.copyFromUtf8(hint))
                                        .setContentType("application/json")
                                        .build()))
                .build();
    }
}
