package io.cordon.agent.testing;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import opamp.proto.v1.Opamp.AgentConfigFile;
import opamp.proto.v1.Opamp.AgentConfigMap;
import opamp.proto.v1.Opamp.AgentRemoteConfig;
import opamp.proto.v1.Opamp.AgentToServer;
import opamp.proto.v1.Opamp.ServerToAgent;

/** The server's side of the control channel: every report is held until the test answers it. */
public final class OpampDesk {
    private static final int SECONDS = 60;
    private final BlockingQueue<AgentToServer> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<ServerToAgent.Builder> replies = new LinkedBlockingQueue<>();

    /** Answers {@code POST /opamp/v1}. */
    public void handle(HttpExchange exchange) throws IOException {
        AgentToServer report = AgentToServer.parseFrom(exchange.getRequestBody().readAllBytes());
        reports.add(report);
        try {
            byte[] reply = replies.take()
                    .setInstanceUid(report.getInstanceUid())
                    .build()
                    .toByteArray();
            FleetServer.reply(exchange, 200, "application/x-protobuf", reply);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next report, whenever it comes within a minute. */
    public AgentToServer next() throws InterruptedException {
        AgentToServer report = reports.poll(SECONDS, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("no report within " + SECONDS + " s");
        }
        return report;
    }

    public boolean quiet() {
        return reports.isEmpty();
    }

    public void answer(ServerToAgent.Builder reply) {
        replies.add(reply);
    }

    /** A hint that something is published. */
    public static ServerToAgent.Builder offer(String hash, long targets, long snapshot) {
        String json = "{\"targetsVersion\":%d,\"snapshotVersion\":%d}".formatted(targets, snapshot);
        return ServerToAgent.newBuilder()
                .setRemoteConfig(AgentRemoteConfig.newBuilder()
                        .setConfigHash(ByteString.fromHex(hash))
                        .setConfig(AgentConfigMap.newBuilder()
                                .putConfigMap(
                                        "cordon.repository",
                                        AgentConfigFile.newBuilder()
                                                .setBody(ByteString.copyFromUtf8(json))
                                                .build())));
    }
}
