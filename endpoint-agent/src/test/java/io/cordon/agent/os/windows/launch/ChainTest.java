package io.cordon.agent.os.windows.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTest {
    private static final Sid CAPABILITY = Sid.parse("S-1-5-21-9-9-9-9");
    private static final StandardHandles.Stream CONSOLE = new StandardHandles.Stream(0, true);

    private final FakeMachine machine = new FakeMachine();
    private final Chain chain = new Chain(machine, Windows.FACTS, () -> 0xabcL);
    private final FakePipe.Client client = new FakePipe().new Client(seen -> seen);
    private final CallerProcess caller = client.attest("C:\\work").process();

    private static final JobListener SILENT = new JobListener() {
        @Override
        public void processStarted(long pid, long parent, @Nullable String image, @Nullable String commandLine) {}

        @Override
        public void processEnded(long pid, @Nullable Integer status) {}

        @Override
        public void limitHit(Limit limit) {}

        @Override
        public void empty() {}
    };

    @BeforeEach
    void install() {
        machine.file("C:\\Windows\\system32\\tool.exe", FileLookup.Kind.FILE);
    }

    private static Order order(Identity identity) {
        return new Order(
                identity,
                List.of("tool", "x"),
                Map.of("A", "1", "PATH", "C:\\Windows\\system32", "PATHEXT", ".exe"),
                "C:\\work",
                new JobLimits(0, 0, true));
    }

    /** Of the account that no filter fences. */
    private static Identity online() {
        return new Identity.Sandboxed(SandboxAccount.ONLINE, List.of(CAPABILITY));
    }

    private static Identity sandboxed() {
        return new Identity.Sandboxed(SandboxAccount.OFFLINE, List.of(CAPABILITY));
    }

    private static StandardHandles handles(StandardHandles.Stream in, StandardHandles.Stream out) {
        return new StandardHandles(in, out, new StandardHandles.Stream(0x28, false), 80, 25);
    }

    private static StandardHandles redirected() {
        return handles(new StandardHandles.Stream(0x20, false), new StandardHandles.Stream(0x24, false));
    }

    private Confined prepare(Identity identity, StandardHandles handles) throws LaunchException {
        return chain.prepare(order(identity), new CallerStreams(caller, handles), SILENT, new Undo());
    }

    private static StartPlan plan(Confined confined) {
        return ((FakeMachine.Process) confined.process()).plan();
    }

    @Test
    void goesThroughTheStepsInOrderAndBackInReverse() throws Exception {
        try (Confined confined = prepare(sandboxed(), redirected())) {
            assertEquals(
                    "CordonStation-0000000000000abc\\Confined", plan(confined).desktop());
            assertEquals("C:\\Windows\\system32\\tool.exe", plan(confined).application());
            assertTrue(plan(confined).environment().contains("USERNAME=CordonOffline\0"));
            assertEquals(3, plan(confined).inherited().size());
        }
        assertEquals(
                List.of(
                        "logon of CordonOffline with " + List.of(CAPABILITY),
                        "+logon",
                        "+desktop",
                        "+stream",
                        "+stream",
                        "+stream",
                        "+job",
                        "restricting " + List.of(CAPABILITY, FakeMachine.ACCOUNT, FakeMachine.LOGON, Sid.EVERYONE),
                        "+token",
                        "+process",
                        "-stream",
                        "-stream",
                        "-stream",
                        "-process",
                        "-token",
                        "-job",
                        "-desktop",
                        "-logon"),
                machine.log());
    }

    @ParameterizedTest
    @ValueSource(strings = {"logon", "desktop", "take", "job", "token", "process"})
    void aStepThatFailsLeavesNothing(String step) {
        machine.failAt(step, 6, 9);
        LaunchException failed = assertThrows(
                LaunchException.class, () -> prepare(sandboxed(), redirected()).close());
        assertEquals(step, failed.stage());
        assertEquals(List.of(), machine.open());
    }

    @Test
    void aConsoleThatCannotBeHadLeavesNothing() {
        machine.failAt("console", 6, 1);
        assertThrows(
                LaunchException.class,
                () -> prepare(sandboxed(), handles(CONSOLE, CONSOLE)).close());
        assertEquals(List.of(), machine.open());
    }

    /** Pitfalls 11 and 12: some systems refuse a token with the account itself among its restricting SIDs. */
    @ParameterizedTest
    @ValueSource(ints = {5, 1312})
    void triesAgainWithoutTheAccount(int error) throws Exception {
        machine.failAt("process", error, 1);
        try (Confined confined = prepare(online(), redirected())) {
            List<String> tokens = new ArrayList<>(machine.log());
            tokens.removeIf(line -> !line.startsWith("restricting"));
            assertEquals(
                    List.of(
                            "restricting " + List.of(CAPABILITY, FakeMachine.ACCOUNT, FakeMachine.LOGON, Sid.EVERYONE),
                            "restricting " + List.of(CAPABILITY, FakeMachine.LOGON, Sid.EVERYONE)),
                    tokens);
        }
        assertEquals(List.of(), machine.open());
    }

    /** Filters know a fenced process by its account: without it among the restricting SIDs they could miss it. */
    @ParameterizedTest
    @ValueSource(ints = {5, 1312})
    void aFencedRunIsRefusedRatherThanStartedWithoutItsAccount(int error) {
        machine.failAt("process", error, 1);
        assertThrows(
                LaunchException.class, () -> prepare(sandboxed(), redirected()).close());
        assertEquals(List.of(), machine.open());
    }

    @Test
    void triesOnlyOnce() {
        machine.failAt("process", 5, 2);
        assertThrows(
                LaunchException.class, () -> prepare(online(), redirected()).close());
        assertEquals(List.of(), machine.open());
    }

    /** Pitfall 5: as many roots as a run may have, the default access list stays what it is. */
    @Test
    void theDefaultDaclDoesNotGrowWithCapabilities() {
        List<Sid> many = new ArrayList<>();
        for (long i = 0; i < 300; i++) {
            many.add(new Sid(5, List.of(21L, 1L, 2L, i)));
        }
        assertEquals(
                TokenPlan.of(List.of(), FakeMachine.ACCOUNT, FakeMachine.LOGON).defaultDacl(),
                TokenPlan.of(many, FakeMachine.ACCOUNT, FakeMachine.LOGON).defaultDacl());
    }

    @Test
    void inAuditModeTheCallersTokenAndDesktopAndEnvironmentAreUsed() throws Exception {
        try (Confined confined = prepare(new Identity.AsCaller(caller), redirected())) {
            assertEquals("winsta0\\default", plan(confined).desktop());
            assertEquals(
                    "A=1\0PATH=C:\\Windows\\system32\0PATHEXT=.exe\0\0",
                    plan(confined).environment());
        }
        assertTrue(machine.log().contains("+caller"));
        assertEquals(List.of(), machine.open());
    }

    @Test
    void consoleAndRedirectedStreamsMix() throws Exception {
        try (Confined confined = prepare(sandboxed(), handles(new StandardHandles.Stream(0x20, false), CONSOLE))) {
            StartPlan plan = plan(confined);
            assertEquals(new ConsoleEnds(0, 0x54), confined.console().ends());
            assertEquals(List.of(0L, 0L, 0L), plan.streams());
            List<Long> passed = plan.inherited();
            assertEquals(List.of(0x9000L, 0x9004L, 0x9008L), passed.subList(0, 3));
            assertEquals(5, passed.size());
            assertEquals(
                    "\"" + Windows.FACTS.console() + "\" 80 25 36864 36868 36872 " + passed.get(3) + " 0 "
                            + passed.get(4)
                            + " \"C:\\Windows\\system32\\tool.exe\" \"C:\\Windows\\system32\\tool.exe\" x",
                    plan.commandLine());
        }
        assertEquals(List.of(), machine.open());
    }

    /** The console's host parses what a confined program writes: it must not be a process of the system, nor outside the job. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConsoleIsMadeAsTheRunAndInItsJob(boolean confinedRun) throws Exception {
        try (Confined confined =
                prepare(confinedRun ? sandboxed() : new Identity.AsCaller(caller), handles(CONSOLE, CONSOLE))) {
            assertEquals(Windows.FACTS.console(), plan(confined).application());
            assertEquals(confined.job().handle(), plan(confined).job());
            assertTrue(machine.log().contains("released console"));
        }
        assertEquals(List.of(), machine.open());
    }

    @Test
    void theHelperAndTheHostDoNotCountAgainstThePolicy() {
        assertEquals(new JobLimits(12, 5, true), new JobLimits(10, 5, true).with(ConsoleProgram.PROCESSES));
        assertEquals(new JobLimits(0, 5, true), new JobLimits(0, 5, true).with(ConsoleProgram.PROCESSES));
    }

    @Test
    void aCommandLineThatLeavesNoRoomForTheConsoleIsRefused() {
        Order tooLong = new Order(
                sandboxed(),
                List.of("tool", "x".repeat(32_700)),
                Map.of("PATH", "C:\\Windows\\system32", "PATHEXT", ".exe"),
                "C:\\work",
                new JobLimits(0, 0, true));
        LaunchException refused = assertThrows(
                LaunchException.class,
                () -> chain.prepare(tooLong, new CallerStreams(caller, handles(CONSOLE, CONSOLE)), SILENT, new Undo())
                        .close());
        assertTrue(refused.getMessage().contains("redirect input and output"), refused.getMessage());
        assertEquals(List.of(), machine.open());
    }

    @Test
    void aStreamThatIsMissingIsTheNullDevice() throws Exception {
        try (Confined confined = prepare(sandboxed(), StandardHandles.NONE)) {
            assertEquals(3, plan(confined).inherited().size());
            assertEquals(List.of(), plan(confined).more());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DIRECTORY", "SOCKET", "CONSOLE", "OTHER"})
    void refusesHandlesThatGiveMoreThanAStream(String kind) {
        machine.kindOf(0x24, Machine.Stream.Kind.valueOf(kind));
        LaunchException refused = assertThrows(
                LaunchException.class, () -> prepare(sandboxed(), redirected()).close());
        assertEquals("handles", refused.stage());
        assertTrue(refused.getMessage().contains("stdout"), refused.getMessage());
        assertEquals(List.of(), machine.open());
    }

    @Test
    void theDesktopIsForThisLogonAloneAndItsRightsAreFew() {
        DesktopPlan plan = DesktopPlan.of(7, FakeMachine.LOGON);
        assertEquals("D:P(A;;GA;;;SY)(A;;0x20337;;;S-1-5-5-0-4711)", plan.stationSddl());
        assertEquals("D:P(A;;GA;;;SY)(A;;0x200cf;;;S-1-5-5-0-4711)", plan.desktopSddl());
    }
}
