package io.cordon.agent.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.enrollment.MachineFacts;
import io.cordon.agent.health.Component;
import io.cordon.agent.health.ComponentState;
import io.cordon.agent.testing.FleetServer;
import io.cordon.agent.testing.OpampDesk;
import io.cordon.agent.testing.RecordedPause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import opamp.proto.v1.Opamp.AgentConfigFile;
import opamp.proto.v1.Opamp.AgentToServer;
import opamp.proto.v1.Opamp.RemoteConfigStatuses;
import opamp.proto.v1.Opamp.RetryInfo;
import opamp.proto.v1.Opamp.ServerErrorResponse;
import opamp.proto.v1.Opamp.ServerToAgent;
import opamp.proto.v1.Opamp.ServerToAgentFlags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlChannelTest {
    private static final String HASH = "aa".repeat(32);

    private final SyncFixture fixture;
    private final OpampDesk desk = new OpampDesk();
    private final RecordedPause pause = new RecordedPause();
    private final List<Offer> offers = new ArrayList<>();
    private final ControlChannel channel;
    private Optional<Attempt> attempt = Optional.empty();
    private String inventory = "";

    ControlChannelTest(@TempDir Path folder) throws Exception {
        fixture = new SyncFixture(folder);
        fixture.server.on(ControlChannel.PATH, desk::handle);
        MachineFacts machine = new MachineFacts("ab".repeat(32), "host", "linux", "Debian 12", "amd64", "0.1.0");
        channel = new ControlChannel(
                fixture.connection,
                new ReportMessages(fixture.connection.identity().endpointId(), machine, fixture.clock.instant()),
                () -> new AgentReport(fixture.keeper.inForce(), fixture.health.report(), attempt, inventory),
                offer -> {
                    offers.add(offer);
                    return CompletableFuture.completedFuture(null);
                },
                () -> {},
                fixture.clock,
                new Random(3),
                pause);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private AgentToServer exchange(ServerToAgent.Builder reply) throws Exception {
        desk.answer(reply);
        channel.step();
        return desk.next();
    }

    @Test
    void firstReportSaysEverythingAndTheNextOnlyWhatChanged() throws Exception {
        AgentToServer first = exchange(ServerToAgent.newBuilder());
        assertEquals(16, first.getInstanceUid().size());
        assertEquals(0, first.getSequenceNum());
        assertTrue(first.hasAgentDescription());
        assertTrue(first.hasHealth());
        assertFalse(first.getHealth().getComponentHealthMapMap().get("policy").getHealthy());
        String policy = first.getEffectiveConfig()
                .getConfigMap()
                .getConfigMapOrThrow("policy")
                .getBody()
                .toStringUtf8();
        assertTrue(policy.contains("\"policyName\":\"builtin-strictest\""), policy);

        AgentToServer second = exchange(ServerToAgent.newBuilder());
        assertEquals(1, second.getSequenceNum());
        assertFalse(second.hasAgentDescription() || second.hasHealth() || second.hasEffectiveConfig());

        fixture.health.set(Component.CLOCK, ComponentState.ill("wrong"));
        AgentToServer third = exchange(ServerToAgent.newBuilder());
        assertTrue(third.hasHealth());
        assertFalse(third.hasEffectiveConfig());
    }

    @Test
    void inventoryIsSentWhenThereIsOneAndWhenItChanged() throws Exception {
        assertEquals(
                Set.of("policy"), files(exchange(ServerToAgent.newBuilder())).keySet());
        inventory = "{\"installations\":[]}";
        var files = files(exchange(ServerToAgent.newBuilder()));
        assertEquals(Set.of("policy", "inventory"), files.keySet());
        assertEquals(inventory, files.get("inventory").getBody().toStringUtf8());
        assertFalse(exchange(ServerToAgent.newBuilder()).hasEffectiveConfig());
        inventory = "{}";
        assertEquals(
                "{}",
                files(exchange(ServerToAgent.newBuilder()))
                        .get("inventory")
                        .getBody()
                        .toStringUtf8());
    }

    private static Map<String, AgentConfigFile> files(AgentToServer message) {
        return message.getEffectiveConfig().getConfigMap().getConfigMapMap();
    }

    @Test
    void serverMayAskForEverythingAgain() throws Exception {
        exchange(ServerToAgent.newBuilder());
        exchange(ServerToAgent.newBuilder().setFlags(ServerToAgentFlags.ServerToAgentFlags_ReportFullState_VALUE));
        assertTrue(exchange(ServerToAgent.newBuilder()).hasAgentDescription());
    }

    @Test
    void whatAnUnansweredReportSaidIsSaidAgain() throws Exception {
        exchange(ServerToAgent.newBuilder());
        fixture.health.set(Component.CLOCK, ComponentState.ill("wrong"));
        fixture.server.on(ControlChannel.PATH, exchange -> FleetServer.problem(exchange, 503, "platform.internal"));
        channel.step();
        fixture.server.on(ControlChannel.PATH, desk::handle);
        assertTrue(exchange(ServerToAgent.newBuilder()).hasHealth());
    }

    @Test
    void hintLeadsToALookAndItsResultIsReported() throws Exception {
        fixture.publish("curl");
        exchange(OpampDesk.offer(HASH, 2, 2));
        assertEquals(List.of(new Offer(HASH, 2, 2)), offers);

        attempt = Optional.of(fixture.sync.run(offers.get(0)));
        AgentToServer report = exchange(ServerToAgent.newBuilder());
        assertEquals(
                RemoteConfigStatuses.RemoteConfigStatuses_APPLIED,
                report.getRemoteConfigStatus().getStatus());
        assertArrayEquals(
                java.util.HexFormat.of().parseHex(HASH),
                report.getRemoteConfigStatus().getLastRemoteConfigHash().toByteArray());
        assertTrue(report.getEffectiveConfig().toString().contains("policies/test.yaml"));
    }

    @Test
    void refusalIsReportedWithItsReason() throws Exception {
        Attempt refused = new Attempt(
                fixture.clock.instant(), Attempt.Status.REFUSED, "trust.rollback: x", new Offer(HASH, 2, 2), 0);
        attempt = Optional.of(refused);
        AgentToServer report = exchange(ServerToAgent.newBuilder());
        assertEquals(
                RemoteConfigStatuses.RemoteConfigStatuses_FAILED,
                report.getRemoteConfigStatus().getStatus());
        assertEquals("trust.rollback: x", report.getRemoteConfigStatus().getErrorMessage());
        assertEquals(
                32, report.getRemoteConfigStatus().getLastRemoteConfigHash().size());
    }

    @Test
    void newsGivesTheHeldRequestUpAtOnce() throws Exception {
        Thread loop = new Thread(channel::run);
        loop.start();
        try {
            assertEquals(0, desk.next().getSequenceNum());
            fixture.health.set(Component.CLOCK, ComponentState.ill("wrong"));
            channel.changed();
            AgentToServer news = desk.next();
            assertEquals(1, news.getSequenceNum());
            assertTrue(news.hasHealth());
            assertTrue(pause.waits().isEmpty(), "giving up is no failure");
        } finally {
            loop.interrupt();
            loop.join(60_000);
            assertFalse(loop.isAlive());
        }
    }

    @Test
    void failuresAreWaitedOutLongerAndLonger() throws Exception {
        fixture.server.on(ControlChannel.PATH, exchange -> FleetServer.problem(exchange, 500, "platform.internal"));
        for (int i = 0; i < 30; i++) {
            channel.step();
        }
        assertEquals(30, pause.waits().size());
        assertTrue(pause.waits().stream().allMatch(wait -> wait.compareTo(Duration.ofMinutes(5)) <= 0));
        assertTrue(pause.waits().stream().anyMatch(wait -> wait.compareTo(Duration.ofMinutes(2)) > 0));
        assertTrue(pause.waits().get(0).compareTo(Duration.ofSeconds(1)) <= 0);
        assertEquals("the server answers 500 platform.internal", channel.problem());
        fixture.server.on(ControlChannel.PATH, desk::handle);
        exchange(ServerToAgent.newBuilder());
        assertNull(channel.problem());
        assertNotNull(channel.lastContact());
    }

    @Test
    void retryAfterIsHonoured() throws Exception {
        fixture.server.on(ControlChannel.PATH, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "120");
            FleetServer.problem(exchange, 429, "platform.busy");
        });
        channel.step();
        assertTrue(pause.waits().get(0).compareTo(Duration.ofSeconds(120)) >= 0);

        fixture.server.on(ControlChannel.PATH, desk::handle);
        exchange(ServerToAgent.newBuilder()
                .setErrorResponse(ServerErrorResponse.newBuilder()
                        .setErrorMessage("later")
                        .setRetryInfo(RetryInfo.newBuilder().setRetryAfterNanoseconds(60_000_000_000L))));
        assertTrue(pause.waits().get(1).compareTo(Duration.ofSeconds(60)) >= 0);
    }

    @Test
    void replyForAnotherEndpointOrOfAnotherKindIsNoAnswer() throws Exception {
        fixture.server.on(
                ControlChannel.PATH,
                exchange -> FleetServer.reply(
                        exchange,
                        200,
                        "application/x-protobuf",
                        ServerToAgent.newBuilder()
                                .setInstanceUid(ReportMessages.instance("00000000-0000-4000-8000-000000000000"))
                                .build()
                                .toByteArray()));
        channel.step();
        assertEquals("the reply is for another endpoint", channel.problem());
        fixture.server.on(
                ControlChannel.PATH, exchange -> FleetServer.reply(exchange, 200, "text/html", "<html>hello"));
        channel.step();
        assertEquals("the reply is not an OpAMP message", channel.problem());
        assertEquals(2, pause.waits().size());
    }
}
