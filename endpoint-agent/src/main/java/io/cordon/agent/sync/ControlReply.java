package io.cordon.agent.sync;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cordon.agent.enrollment.ServerReply;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import opamp.proto.v1.Opamp.AgentRemoteConfig;
import opamp.proto.v1.Opamp.ServerErrorResponse;
import opamp.proto.v1.Opamp.ServerToAgent;
import opamp.proto.v1.Opamp.ServerToAgentFlags;

/** What the server's reply to a report comes to. */
sealed interface ControlReply {
    /** @param fullState whether the next report is to say everything, not only what changed */
    record Understood(boolean fullState, Optional<Offer> offer) implements ControlReply {}

    /**
     * @param why in one line
     * @param refused whether the server did not take the report
     */
    record Failed(String why, Optional<Duration> retryAfter, boolean refused) implements ControlReply {}

    /** @param instance of this endpoint; a reply that is for another one is not taken */
    static ControlReply read(ServerReply reply, ByteString instance, Instant now) {
        if (reply.status() != 200) {
            String code = reply.problem().code();
            return new Failed(
                    "the server answers " + reply.status() + (code.isEmpty() ? "" : " " + code),
                    reply.retryAfter(now),
                    false);
        }
        ServerToAgent message;
        try {
            message = ServerToAgent.parseFrom(reply.body());
        } catch (InvalidProtocolBufferException e) {
            return new Failed("the reply is not an OpAMP message", Optional.empty(), false);
        }
        if (!message.getInstanceUid().equals(instance)) {
            return new Failed("the reply is for another endpoint", Optional.empty(), false);
        }
        if (message.hasErrorResponse()) {
            return new Failed(words(message.getErrorResponse()), retryAfter(message.getErrorResponse()), true);
        }
        return new Understood(
                (message.getFlags() & ServerToAgentFlags.ServerToAgentFlags_ReportFullState_VALUE) != 0,
                offer(message));
    }

    private static Optional<Offer> offer(ServerToAgent message) {
        if (!message.hasRemoteConfig()) {
            return Optional.empty();
        }
        AgentRemoteConfig config = message.getRemoteConfig();
        return Optional.ofNullable(config.getConfig().getConfigMapMap().get("cordon.repository"))
                .flatMap(file -> Offer.read(
                        HexFormat.of().formatHex(config.getConfigHash().toByteArray()),
                        file.getBody().toByteArray()));
    }

    private static String words(ServerErrorResponse error) {
        return "the server answers " + error.getType() + ": "
                + error.getErrorMessage().replaceAll("\\p{Cntrl}", " ");
    }

    private static Optional<Duration> retryAfter(ServerErrorResponse error) {
        return error.hasRetryInfo()
                ? Optional.of(Duration.ofNanos(Math.max(0, error.getRetryInfo().getRetryAfterNanoseconds())))
                : Optional.empty();
    }
}
