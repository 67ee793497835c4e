package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.launch.JobLimits;
import io.cordon.agent.os.windows.launch.JobListener;
import io.cordon.agent.os.windows.launch.Machine;
import io.cordon.agent.os.windows.launch.PseudoConsolePlan;
import io.cordon.agent.os.windows.launch.StartPlan;
import io.cordon.agent.os.windows.launch.TokenPlan;
import io.cordon.agent.os.windows.wine.NotShownUnderWine;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A console whose caller is this process, made by {@code cordon-console.exe} in a job. */
@Timeout(300)
class NativeConsoleTest {
    static final String HELPER = new File("target/launcher/windows/cordon-console.exe").getAbsolutePath();
    private static final String CMD = System.getenv("SystemRoot") + "\\system32\\cmd.exe";

    private static final List<Long> CONSOLE = List.of(0L, 0L);

    private static final JobListener REPORTS = new JobListener() {
        @Override
        public void processStarted(long pid, long parent, @Nullable String image, @Nullable String commandLine) {}

        @Override
        public void processEnded(long pid, @Nullable Integer status) {}

        @Override
        public void limitHit(Limit limit) {}

        @Override
        public void empty() {}
    };

    private static NativeCaller self() throws IOException {
        return NativeCaller.open((int) ProcessHandle.current().pid());
    }

    private static String environment() {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(System.getenv());
        sorted.keySet().removeIf(name -> name.startsWith("="));
        return sorted.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue() + "\0")
                        .collect(Collectors.joining())
                + "\0";
    }

    private interface Use {
        void with(Machine.PseudoConsole console, Machine.Suspended process, Machine.Job job) throws Exception;
    }

    /** @param streams handles of the command's standard input and output; 0 for the console */
    private void running(String program, String commandLine, List<Long> streams, Use use) throws Exception {
        NativeMachine machine = new NativeMachine(new CurrentUserLogons());
        try (NativeCaller caller = self();
                Machine.PseudoConsole console =
                        machine.pseudoConsole(caller, new PseudoConsolePlan(80, 25, true, true));
                Machine.Job job = machine.job(new JobLimits(8, 0, true), REPORTS);
                Machine.Logon logon = machine.logOn(SandboxAccount.OFFLINE, List.of());
                Machine.Token token = logon.restrict(new TokenPlan(
                        List.of(logon.account(), logon.logonSid(), Sid.EVERYONE),
                        "D:(A;;GA;;;" + logon.account() + ")(A;;GA;;;SY)"))) {
            String numbers = "80 25 "
                    + console.handles().stream().map(String::valueOf).collect(Collectors.joining(" ")) + " "
                    + streams.get(0) + " " + streams.get(1) + " 0";
            List<Long> more = new ArrayList<>(console.handles());
            more.addAll(streams);
            Machine.Suspended process = token.start(new StartPlan(
                    HELPER,
                    "\"" + HELPER + "\" " + numbers + " \"" + program + "\" " + commandLine,
                    environment(),
                    System.getenv("SystemRoot"),
                    "",
                    List.of(0L, 0L, 0L),
                    more,
                    job.handle()));
            console.release();
            process.resume();
            use.with(console, process, job);
            process.close();
        }
    }

    private static void write(long handle, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        IntByReference written = new IntByReference();
        assertTrue(Kernel32.INSTANCE.WriteFile(Handles.of(handle), bytes, bytes.length, written, null));
        assertEquals(bytes.length, written.getValue());
    }

    /** Until the text is there, or everybody who could write it is gone. */
    private static String readUntil(long handle, String text) {
        StringBuilder all = new StringBuilder();
        byte[] bytes = new byte[4096];
        IntByReference n = new IntByReference();
        while (all.indexOf(text) < 0 && Kernel32.INSTANCE.ReadFile(Handles.of(handle), bytes, bytes.length, n, null)) {
            all.append(new String(bytes, 0, n.getValue(), StandardCharsets.UTF_8));
        }
        return all.toString();
    }

    @NotShownUnderWine("what starts with a pseudo console is not attached to it")
    void aCommandTypesAndShowsThroughItsConsole() throws Exception {
        running(
                CMD,
                "cmd /v:on /c \"echo ready & set /p s= & echo got !s! & exit 7\"",
                CONSOLE,
                (console, process, job) -> {
                    String shown = readUntil(console.ends().readFrom(), "ready");
                    assertTrue(shown.contains("ready"), shown);
                    console.resize(100, 40);
                    write(console.ends().writeTo(), "typed\r");
                    shown = readUntil(console.ends().readFrom(), "got typed");
                    assertTrue(shown.contains("got typed"), shown);
                    assertEquals(7, process.await());
                    job.terminate(1);
                    readUntil(console.ends().readFrom(), "never shown");
                    Handles.close(Handles.of(console.ends().writeTo()));
                    Handles.close(Handles.of(console.ends().readFrom()));
                });
    }

    /** What reads what a confined program makes of its console is confined with it. */
    @Test
    @Tag("wine")
    void theConsolesHostIsInTheJob() throws Exception {
        try (Pipe input = Pipe.create();
                NativeCapture output = NativeCapture.create()) {
            assertTrue(Kernel32.INSTANCE.SetHandleInformation(
                    input.read().get(), ProcessConstants.HANDLE_FLAG_INHERIT, ProcessConstants.HANDLE_FLAG_INHERIT));
            List<Long> streams =
                    List.of(Handles.value(input.read().get()), output.writeEnd().handle());
            running(CMD, "cmd /c \"echo begun& set /p s=& exit 3\"", streams, (console, process, job) -> {
                input.read().close();
                output.writeEnd().close();
                // Not before: Wine's server does not survive the end of a process that is still about to begin.
                assertEquals("begun\r\n", new String(output.output().readNBytes(7), StandardCharsets.US_ASCII));
                // The helper, the command, and what can only be the host.
                assertEquals(3, job.usage().active());
                job.terminate(1);
                assertEquals(1, process.await());
                readUntil(console.ends().readFrom(), "never shown");
                Handles.close(Handles.of(console.ends().writeTo()));
                Handles.close(Handles.of(console.ends().readFrom()));
            });
        }
    }

    @Test
    @Tag("wine")
    void aProgramThatDoesNotStartIsSaidInTheConsole() throws Exception {
        running("C:\\none.exe", "none", CONSOLE, (console, process, job) -> {
            assertEquals(125, process.await());
            String shown = readUntil(console.ends().readFrom(), "error 2");
            assertTrue(shown.contains("cordon: the program could not be started: error 2"), shown);
            job.terminate(1);
        });
    }

    @Test
    @Tag("wine")
    void aRedirectedStreamGoesPastTheConsole() throws Exception {
        try (NativeCapture output = NativeCapture.create()) {
            running(
                    CMD,
                    "cmd /c \"echo past it\"",
                    List.of(0L, output.writeEnd().handle()),
                    (console, process, job) -> {
                        output.writeEnd().close();
                        assertEquals(0, process.await());
                        job.terminate(1);
                        assertEquals(
                                "past it", new String(output.output().readAllBytes(), StandardCharsets.UTF_8).strip());
                    });
        }
    }

    /** A run that reads no sizes does not hold the service up, and one that gets half a size gets no more. */
    @Test
    @Tag("wine")
    void sizesNobodyReadsAreLostWithoutWaiting() throws Exception {
        try (NativeCaller caller = self();
                Machine.PseudoConsole console =
                        NativePseudoConsole.create(caller, new PseudoConsolePlan(80, 25, true, true))) {
            for (int i = 1; i < 50_000; i++) {
                console.resize(1 + i % 200, 25);
            }
        }
    }

    @Test
    @Tag("wine")
    void handsOverOnlyTheDirectionsThatAreTheConsoles() throws Exception {
        try (NativeCaller caller = self();
                Machine.PseudoConsole console =
                        NativePseudoConsole.create(caller, new PseudoConsolePlan(80, 25, false, true))) {
            assertEquals(0, console.ends().writeTo());
            assertNotEquals(0, console.ends().readFrom());
            Handles.close(Handles.of(console.ends().readFrom()));
        }
        try (NativeCaller caller = self();
                Machine.PseudoConsole console =
                        NativePseudoConsole.create(caller, new PseudoConsolePlan(80, 25, true, false))) {
            assertNotEquals(0, console.ends().writeTo());
            assertEquals(0, console.ends().readFrom());
            Handles.close(Handles.of(console.ends().writeTo()));
        }
    }
}
