package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.cordon.agent.os.windows.launch.JobLimits;
import io.cordon.agent.os.windows.launch.JobListener;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import io.cordon.agent.os.windows.launch.StartPlan;
import io.cordon.agent.os.windows.launch.TokenPlan;
import io.cordon.agent.os.windows.wine.NotShownUnderWine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("wine")
@Timeout(300)
class NativeJobTest {
    private static final String CMD = System.getenv("SystemRoot") + "\\system32\\cmd.exe";
    private static final String ENVIRONMENT = "CORDON_TEST=\u00fc\0SystemRoot=" + System.getenv("SystemRoot") + "\0\0";

    private final BlockingQueue<String> reported = new LinkedBlockingQueue<>();
    private NativeMachine machine;

    private final JobListener listener = new JobListener() {
        @Override
        public void processStarted(long pid, long parent, @Nullable String image, @Nullable String commandLine) {
            reported.add("started " + pid + " " + image);
        }

        @Override
        public void processEnded(long pid, @Nullable Integer status) {
            reported.add("ended " + pid + " " + status);
        }

        @Override
        public void limitHit(Limit limit) {
            reported.add("limit " + limit);
        }

        @Override
        public void empty() {
            reported.add("empty");
        }
    };

    @BeforeEach
    void machine() throws LaunchException {
        machine = new NativeMachine(new CurrentUserLogons());
    }

    private Machine.Suspended start(Machine.Job job, String commandLine, long output) throws LaunchException {
        try (Machine.Logon logon = machine.logOn(io.cordon.agent.os.windows.SandboxAccount.OFFLINE, List.of());
                Machine.Token token = logon.restrict(new TokenPlan(
                        List.of(logon.account(), logon.logonSid(), io.cordon.agent.os.windows.Sid.EVERYONE),
                        "D:(A;;GA;;;" + logon.account() + ")(A;;GA;;;SY)"))) {
            return token.start(new StartPlan(
                    CMD,
                    "\"" + CMD + "\" " + commandLine,
                    ENVIRONMENT,
                    System.getenv("SystemRoot"),
                    "",
                    List.of(0L, output, 0L),
                    List.of(),
                    job.handle()));
        }
    }

    /** It has begun, and is reported: Wine's server does not survive the end of a process that is still about to begin. */
    private Machine.Suspended waiting(Machine.Job job, Machine.Capture capture) throws Exception {
        Machine.Suspended process =
                start(job, "/c echo begun& pause", capture.writeEnd().handle());
        capture.writeEnd().close();
        process.resume();
        assertEquals("begun\r\n", new String(capture.output().readNBytes(7), StandardCharsets.US_ASCII));
        awaitReport("started " + process.pid());
        return process;
    }

    private void awaitReport(String start) throws InterruptedException {
        List<String> others = new ArrayList<>();
        String line = reported.poll(60, TimeUnit.SECONDS);
        while (line != null && !line.startsWith(start)) {
            others.add(line);
            line = reported.poll(60, TimeUnit.SECONDS);
        }
        assertNotEquals(null, line, "no report of " + start + ", but of " + others);
    }

    @NotShownUnderWine("the limits of a job but its end are not kept")
    void limitsAreReadBack() throws Exception {
        try (Machine.Job job = machine.job(new JobLimits(7, 64L << 20, true), listener)) {
            var limits = ((NativeJob) job).limits();
            assertEquals(
                    JobConstants.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
                    limits.BasicLimitInformation.LimitFlags & JobConstants.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE);
            assertEquals(7, limits.BasicLimitInformation.ActiveProcessLimit);
            assertEquals(64L << 20, limits.JobMemoryLimit.longValue());
        }
    }

    @Test
    void aProcessStartsInItsJobAndItsEndIsReported() throws Exception {
        try (Machine.Job job = machine.job(new JobLimits(0, 0, true), listener);
                Machine.Suspended process = start(job, "/c exit 42", 0)) {
            // While it is suspended it can be looked at in peace.
            awaitReport("started " + process.pid());
            process.resume();
            assertEquals(42, process.await());
            awaitReport("ended " + process.pid() + " 42");
            awaitReport("empty");
        }
    }

    @Test
    void terminatingTheJobEndsWhatRunsInIt() throws Exception {
        try (Machine.Capture capture = machine.capture();
                Machine.Job job = machine.job(new JobLimits(0, 0, true), listener);
                Machine.Suspended process = waiting(job, capture)) {
            job.terminate(137);
            assertEquals(137, process.await());
        }
    }

    /** Pitfall 26: nothing outlives the service, whose handle is the job's only one. */
    @Test
    void closingTheJobEndsWhatRunsInIt() throws Exception {
        try (Machine.Capture capture = machine.capture()) {
            Machine.Suspended process;
            try (Machine.Job job = machine.job(new JobLimits(0, 0, true), listener)) {
                process = waiting(job, capture);
            }
            try (process) {
                process.await();
            }
        }
    }

    @Test
    void environmentAndInheritedOutputReachTheProcess() throws Exception {
        try (Machine.Capture capture = machine.capture();
                Machine.Job job = machine.job(new JobLimits(0, 0, true), listener);
                Machine.Suspended process = start(
                        job, "/u /c echo %CORDON_TEST%", capture.writeEnd().handle())) {
            capture.writeEnd().close();
            process.resume();
            assertEquals(0, process.await());
            assertEquals("\u00fc\r\n", new String(capture.output().readAllBytes(), StandardCharsets.UTF_16LE));
        }
    }
}
