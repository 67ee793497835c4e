package io.cordon.agent.os.windows.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.LocalChannel;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.RunListener;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contract does not say: bounds, disconnects, consoles, process events, audit mode. */
@Timeout(300)
class PipeLauncherTest {
    private static final String REQUEST = "{\"op\":\"run\",\"argv\":[\"wait\"],\"env\":{},\"cwd\":\"C:\\\\work\"}";
    private static final String CONSOLE_REQUEST =
            "{\"op\":\"run\",\"argv\":[\"wait\"],\"env\":{},\"cwd\":\"C:\\\\work\",\"console\":{\"stdin\":true,"
                    + "\"stdout\":true,\"stderr\":true,\"columns\":80,\"rows\":25}}";

    private final FakePipe pipe = new FakePipe();
    private final FakeMachine machine = new FakeMachine();
    private final FakeCapabilities capabilities = new FakeCapabilities(machine);
    private final BlockingQueue<LocalRequest> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private PipeLauncher launcher = launcher(Windows.LIMITS);

    private final RunListener listener = new RunListener() {
        @Override
        public void started(long pid, Instant at) {
            heard.add("started");
        }

        @Override
        public void process(ProcessEvent event) {
            heard.add(event.kind() + " " + event.pid() + " " + event.executable() + " " + event.arguments() + " "
                    + event.exitCode());
        }

        @Override
        public void exited(Exit exit) {
            heard.add("exited " + exit.exitCode() + " signal " + exit.signal() + " " + exit.limitsHit() + " "
                    + exit.maxRssKiB() + " KiB " + exit.cpuMicros() + " us");
        }

        @Override
        public void failed(String stage, String error) {
            heard.add("failed " + stage + ": " + error);
        }

        @Override
        public void lost(String why) {
            heard.add("lost");
        }
    };

    private PipeLauncher launcher(ChannelLimits limits) {
        return new PipeLauncher(
                pipe,
                new Chain(machine, Windows.FACTS, () -> 7),
                Windows.SANDBOX,
                capabilities,
                limits,
                Clock.systemUTC(),
                "9");
    }

    @BeforeEach
    void open() throws IOException {
        machine.file("C:\\Windows\\system32\\wait.exe", FileLookup.Kind.FILE);
        launcher.open(handler());
    }

    private LocalChannel.Handler handler() {
        return new LocalChannel.Handler() {
            @Override
            public void request(LocalRequest request) {
                requests.add(request);
            }

            @Override
            public void ended(String why) {
                heard.add("ended");
            }
        };
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        launcher.close();
        await(() -> machine.open().isEmpty());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertTrue(condition.getAsBoolean());
    }

    private LocalRequest request() throws InterruptedException {
        LocalRequest request = requests.poll(60, TimeUnit.SECONDS);
        assertTrue(request != null, "no request came");
        return request;
    }

    private String next() throws InterruptedException {
        return heard.poll(60, TimeUnit.SECONDS);
    }

    private FakePipe.Client ask(String json) throws IOException {
        FakePipe.Client client = pipe.connect();
        client.say(json);
        return client;
    }

    private static ConfinementPlan plan(
            LocalRequest request, boolean enforced, NetworkPlan.Granted network, int wallClock, String sid) {
        return new ConfinementPlan(
                new Principal("ada", new io.cordon.agent.os.Account.Windows(sid, List.of()), "C:\\Users\\ada"),
                request.cwd(),
                request.argv(),
                Map.of("PATH", "C:\\Windows\\system32", "PATHEXT", ".exe"),
                new FileView.Acls(enforced, List.of(), List.of()),
                network,
                false,
                new ConfinementPlan.Limits(0, 0, wallClock, 0),
                "cordon");
    }

    private LocalRequest launched(FakePipe.Client client, int wallClock) throws Exception {
        LocalRequest request = request();
        launcher.launch(
                request.id(),
                plan(request, true, NetworkPlan.Granted.offline(), wallClock, FakePipe.ADA.toString()),
                listener);
        assertEquals("{\"t\":\"started\"}", client.hear());
        assertEquals("started", next());
        return request;
    }

    @Test
    void aCallerThatLeavesTakesItsRunWithIt() throws Exception {
        FakePipe.Client client = ask(REQUEST);
        launched(client, 0);
        client.hangUp();
        assertTrue(next().startsWith("exited 0 signal 9 "));
        await(() -> pipe.openProcesses() == 0);
    }

    /** Leftovers are ended before the status is told, and the usage is that of the whole job. */
    @Test
    void reportsProcessesAndUsage() throws Exception {
        FakePipe.Client client = ask(REQUEST);
        LocalRequest request = launched(client, 0);
        FakeMachine.Process process = machine.next();
        process.reports().processStarted(7, 6, "C:\\a b.exe", "\"C:\\a b.exe\" x \"y z\"");
        process.reports().processEnded(7, 3);
        process.reports().limitHit(JobListener.Limit.PROCESSES);
        process.exit(0xC0000005);
        assertEquals("EXEC 7 C:\\a b.exe [C:\\a b.exe, x, y z] null", next());
        assertEquals("EXIT 7 null [] 3", next());
        assertEquals("exited -1073741819 signal 0 [processes] 8192 KiB 1500 us", next());
        launcher.recorded(request.id());
        assertEquals("{\"t\":\"exited\",\"code\":3221225477}", client.hear());
    }

    @Test
    void theWallClockEndsARun() throws Exception {
        FakePipe.Client client = ask(REQUEST);
        LocalRequest request = launched(client, 1);
        assertTrue(next().startsWith("exited 0 signal 9 [wallClock]"));
        launcher.recorded(request.id());
        assertEquals("{\"t\":\"exited\",\"code\":137}", client.hear());
    }

    @Test
    void theCallerIsToldWithoutARecordWhenThatTakesTooLong() throws Exception {
        launcher.close();
        launcher = launcher(new ChannelLimits(
                6, 3, 2, Duration.ofSeconds(60), Duration.ofMillis(20), Duration.ofSeconds(60), Duration.ofSeconds(3)));
        launcher.open(handler());
        FakePipe.Client client = ask(REQUEST);
        launched(client, 0);
        machine.next().exit(4);
        assertEquals("{\"t\":\"exited\",\"code\":4}", client.hear());
    }

    @Test
    void ctrlCEndsARunWithoutAConsole() throws Exception {
        FakePipe.Client client = ask(REQUEST);
        LocalRequest request = launched(client, 0);
        client.say("{\"t\":\"ctrl\",\"event\":0}");
        assertTrue(next().startsWith("exited -1073741510 signal 0"));
        launcher.recorded(request.id());
        assertEquals("{\"t\":\"exited\",\"code\":3221225786}", client.hear());
    }

    @Test
    void aConsoleIsHandedOverResizedAndHearsCtrlCAsACharacter() throws Exception {
        FakePipe.Client client = ask(CONSOLE_REQUEST);
        LocalRequest request = launched(client, 0);
        assertEquals("{\"t\":\"pty\",\"in\":80,\"out\":84}", client.hear());
        client.say("{\"t\":\"resize\",\"columns\":100,\"rows\":40}");
        client.say("{\"t\":\"ctrl\",\"event\":0}");
        await(() -> machine.log().contains("resized to 100x40"));
        FakeMachine.Process process = machine.next();
        assertTrue(process.isAlive());
        client.say("{\"t\":\"ctrl\",\"event\":2}");
        assertTrue(next().startsWith("exited -1073741510"));
        launcher.recorded(request.id());
        assertTrue(machine.log().contains("-console"));
    }

    @Test
    void entriesAreReleasedWithTheRunAndARefusalStartsNothing() throws Exception {
        FakePipe.Client client = ask(REQUEST);
        launched(client, 0);
        machine.next().exit(0);
        assertTrue(next().startsWith("exited 0"));
        await(() -> machine.open().isEmpty());
        assertTrue(machine.log().contains("-entries"));

        capabilities.refuse("the drive keeps no entries");
        ask(REQUEST);
        LocalRequest request = request();
        launcher.launch(
                request.id(), plan(request, true, NetworkPlan.Granted.offline(), 0, FakePipe.ADA.toString()), listener);
        assertEquals("failed files: root: the drive keeps no entries", next());
    }

    @Test
    void auditModeRunsAsTheCallerButNeverWithAFencedNetwork() throws Exception {
        ask(REQUEST);
        LocalRequest request = request();
        launcher.launch(
                request.id(),
                plan(request, false, NetworkPlan.Granted.offline(), 0, FakePipe.ADA.toString()),
                listener);
        assertTrue(next().startsWith("failed plan-check: the plan fences the network"));
        launcher.launch(
                request.id(), plan(request, false, NetworkPlan.Granted.online(), 0, FakePipe.ADA.toString()), listener);
        assertEquals("started", next());
        assertTrue(machine.log().contains("+caller"));
    }

    @Test
    void aPlanForAnotherUserIsNotObeyed() throws Exception {
        ask(REQUEST);
        LocalRequest request = request();
        launcher.launch(
                request.id(), plan(request, true, NetworkPlan.Granted.offline(), 0, "S-1-5-21-1-2-3-1009"), listener);
        assertTrue(next().startsWith("failed plan-check: the plan is for another user"));
        assertEquals(List.of(), machine.log());
    }

    @Test
    void whatCannotBeUnderstoodIsRefusedAndHarmsNobodyElse() throws Exception {
        FakePipe.Client bad = ask("{\"op\":\"run\"}");
        assertTrue(bad.hear().contains("cannot be understood"));
        FakePipe.Client sandboxed = pipe.connect(seen -> new Attestation(
                seen.process(),
                FakePipe.token(FakeMachine.ACCOUNT),
                FakePipe.token(FakeMachine.ACCOUNT),
                seen.level(),
                1,
                "",
                seen.canonicalCwd()));
        sandboxed.say(REQUEST);
        assertTrue(sandboxed.hear().contains("a confined process cannot ask"));
        bad.hangUp();
        sandboxed.hangUp();
        ask(REQUEST);
        assertEquals(List.of("wait"), request().argv());
    }

    @Test
    void whoSaysNothingIsSentAway() throws Exception {
        launcher.close();
        launcher = launcher(new ChannelLimits(
                6, 3, 2, Duration.ofMillis(20), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(3)));
        launcher.open(handler());
        assertNull(pipe.connect().hear());
    }

    @Test
    void silentCallersMakeRoomEldestFirst() throws Exception {
        FakePipe.Client eldest = pipe.connect();
        pipe.connect();
        FakePipe.Client youngest = pipe.connect();
        assertNull(eldest.hear());
        youngest.say(REQUEST);
        assertEquals(List.of("wait"), request().argv());
    }

    @Test
    void oneUserCannotTakeEveryPlaceNorAllTogetherMoreThanThereAre() throws Exception {
        List<FakePipe.Client> callers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            callers.add(ask(REQUEST));
            request();
        }
        FakePipe.Client fourth = ask(REQUEST);
        assertTrue(fourth.hear().contains("you already have 3"));
        fourth.hangUp();
        assertNull(fourth.hear());
        Sid eve = Sid.parse("S-1-5-21-1-2-3-1002");
        for (int i = 0; i < 3; i++) {
            FakePipe.Client other = pipe.connect(seen -> new Attestation(
                    seen.process(),
                    FakePipe.token(eve),
                    FakePipe.token(eve),
                    seen.level(),
                    1,
                    "",
                    seen.canonicalCwd()));
            other.say(REQUEST);
            request();
        }
        FakePipe.Client seventh = ask(REQUEST);
        assertTrue(seventh.hear().contains("too many commands"));
        callers.get(0).hangUp();
    }

    @Test
    void aStoppingAgentEndsRunsReportsThemAndTellsTheOthers() throws Exception {
        FakePipe.Client running = ask(REQUEST);
        launched(running, 0);
        FakePipe.Client waiting = ask(REQUEST);
        request();
        launcher.close();
        assertTrue(waiting.hear().contains("the agent is stopping"));
        assertTrue(next().startsWith("exited 0 signal 9"));
        assertTrue(heard.isEmpty());
    }
}
