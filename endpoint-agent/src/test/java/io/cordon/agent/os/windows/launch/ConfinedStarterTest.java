package io.cordon.agent.os.windows.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.SandboxAccount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ConfinedStarterTest {
    private static final String PROBE = "C:\\Program Files\\Cordon\\cordon-probe.exe";
    private static final byte[] SEEN = "tcp4 blocked\n".getBytes(StandardCharsets.US_ASCII);

    private final FakeMachine machine = new FakeMachine();
    private final ConfinedStarter starter = new ConfinedStarter(machine, Windows.FACTS, () -> 7);

    @BeforeEach
    void install() {
        machine.file(PROBE, FileLookup.Kind.FILE);
    }

    private CompletableFuture<HelperRun> run(Duration patience) {
        return CompletableFuture.supplyAsync(
                () -> starter.run(SandboxAccount.OFFLINE, List.of(PROBE, "--all"), "C:\\Windows", patience, 64));
    }

    @Test
    void collectsWhatTheHelperSays() throws Exception {
        CompletableFuture<HelperRun> run = run(Duration.ofSeconds(60));
        FakeMachine.Process helper = machine.next();
        assertEquals("\"" + PROBE + "\" --all", helper.plan().commandLine());
        machine.captured().output().write(SEEN);
        machine.captured().end();
        helper.exit(3);
        HelperRun.Ended ended = assertInstanceOf(HelperRun.Ended.class, run.get(60, TimeUnit.SECONDS));
        assertEquals(3, ended.status());
        assertArrayEquals(SEEN, ended.output());
        assertEquals(List.of(), machine.open());
    }

    @Test
    void endsAHelperThatTakesTooLong() throws Exception {
        CompletableFuture<HelperRun> run = run(Duration.ofMillis(50));
        FakeMachine.Process helper = machine.next();
        machine.captured().end();
        HelperRun.Failed failed = assertInstanceOf(HelperRun.Failed.class, run.get(60, TimeUnit.SECONDS));
        assertTrue(failed.reason().contains("did not end"), failed.reason());
        assertTrue(!helper.isAlive());
        assertEquals(List.of(), machine.open());
    }

    @Test
    void endsAHelperThatSaysTooMuch() throws Exception {
        CompletableFuture<HelperRun> run = run(Duration.ofSeconds(60));
        machine.next();
        machine.captured().output().write(new byte[100]);
        HelperRun.Failed failed = assertInstanceOf(HelperRun.Failed.class, run.get(60, TimeUnit.SECONDS));
        assertTrue(failed.reason().contains("more than 64"), failed.reason());
    }

    @Test
    void saysWhyAHelperWasNotRun() throws Exception {
        machine.failAt("logon", 1385, 1);
        HelperRun.Failed failed = assertInstanceOf(
                HelperRun.Failed.class, run(Duration.ofSeconds(60)).get(60, TimeUnit.SECONDS));
        assertTrue(failed.reason().contains("logon failed with error 1385"), failed.reason());
        assertEquals(List.of(), machine.open());
    }
}
