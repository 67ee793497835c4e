package io.cordon.agent.testing;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import opamp.proto.v1.Opamp.AgentToServer;
import opamp.proto.v1.Opamp.ServerToAgent;
import org.jspecify.annotations.Nullable;

/** The control channel as a server keeps it: a reply is held until the endpoint does not know the newest head. */
public final class HintingDesk {
    private static final int SECONDS = 60;
    private final BlockingQueue<AgentToServer> reports = new LinkedBlockingQueue<>();
    private ByteString known = ByteString.EMPTY;
    private ServerToAgent.@Nullable Builder offer;

    /** Something is published. */
    public synchronized void published(String hash, long targets, long snapshot) {
        offer = OpampDesk.offer(hash, targets, snapshot);
        notifyAll();
    }

    /** Answers {@code POST /opamp/v1}. */
    public void handle(HttpExchange exchange) throws IOException {
        AgentToServer report = AgentToServer.parseFrom(exchange.getRequestBody().readAllBytes());
        reports.add(report);
        try {
            FleetServer.reply(
                    exchange, 200, "application/x-protobuf", reply(report).toByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized ServerToAgent reply(AgentToServer report) throws InterruptedException {
        if (report.hasRemoteConfigStatus()) {
            known = report.getRemoteConfigStatus().getLastRemoteConfigHash();
        }
        while (offer == null || offer.getRemoteConfig().getConfigHash().equals(known)) {
            wait();
        }
        return offer.clone().setInstanceUid(report.getInstanceUid()).build();
    }

    /** The next report, whenever it comes within a minute. */
    public AgentToServer next() throws InterruptedException {
        AgentToServer report = reports.poll(SECONDS, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("no report within " + SECONDS + " s");
        }
        return report;
    }
}
