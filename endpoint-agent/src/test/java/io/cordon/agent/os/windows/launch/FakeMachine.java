package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An imagined Windows: it notes what is taken and given back, runs processes that end when they are told to or their job is
 * terminated, and fails at the steps a test names.
 */
final class FakeMachine implements Machine {
    static final Sid LOGON = Sid.parse("S-1-5-5-0-4711");
    static final Sid ACCOUNT = Sid.parse("S-1-5-21-1-2-3-2001");
    static final String PROFILE = "C:\\Users\\CordonOffline";

    private final AtomicLong handles = new AtomicLong(0x100);
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<Long, Job> jobs = new HashMap<>();
    private final Map<Long, Stream.Kind> kinds = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private final BlockingQueue<Process> started = new LinkedBlockingQueue<>();
    private final Map<String, FileLookup.Kind> files = new HashMap<>();

    /** The next {@code times} calls of the step fail with this error. */
    synchronized void failAt(String step, int error, int times) {
        failures.put(step, error);
        failures.put(step + " times", times);
    }

    synchronized void kindOf(long callersHandle, Stream.Kind kind) {
        kinds.put(callersHandle, kind);
    }

    synchronized void file(String path, FileLookup.Kind kind) {
        files.put(path, kind);
    }

    /** What happened, in order. */
    synchronized List<String> log() {
        return List.copyOf(log);
    }

    /** What is taken and not given back. */
    synchronized List<String> open() {
        List<String> open = new ArrayList<>();
        for (String line : log) {
            if (line.startsWith("+")) {
                open.add(line.substring(1));
            } else if (line.startsWith("-")) {
                open.remove(line.substring(1));
            }
        }
        return open;
    }

    Process next() throws InterruptedException {
        Process process = started.poll(60, java.util.concurrent.TimeUnit.SECONDS);
        if (process == null) {
            throw new AssertionError("no process was started; log: " + log());
        }
        return process;
    }

    private synchronized void step(String name) throws LaunchException {
        Integer error = failures.get(name);
        int times = failures.getOrDefault(name + " times", 0);
        if (error != null && times > 0) {
            failures.put(name + " times", times - 1);
            throw new LaunchException(name, error, name + " failed with error " + error);
        }
    }

    synchronized void note(String line) {
        log.add(line);
    }

    /** Something taken, under a name. */
    private abstract class Taken implements Held {
        private final String name;
        private boolean closed;

        Taken(String name) {
            this.name = name;
            note("+" + name);
        }

        @Override
        public void close() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            note("-" + name);
        }
    }

    @Override
    public Logon logOn(SandboxAccount account, List<Sid> groups) throws LaunchException {
        step("logon");
        note("logon of " + account.accountName() + " with " + groups);
        return new FakeLogon();
    }

    private final class FakeLogon extends Taken implements Logon {
        FakeLogon() {
            super("logon");
        }

        @Override
        public Sid account() {
            return ACCOUNT;
        }

        @Override
        public Sid logonSid() {
            return LOGON;
        }

        @Override
        public String profile() {
            return PROFILE;
        }

        @Override
        public FileLookup files() {
            return lookup();
        }

        @Override
        public Token restrict(TokenPlan plan) throws LaunchException {
            step("token");
            note("restricting " + plan.restricting());
            return new FakeToken();
        }
    }

    private final class FakeToken extends Taken implements Token {
        FakeToken() {
            super("token");
        }

        @Override
        public Suspended start(StartPlan plan) throws LaunchException {
            step("process");
            Process process = new Process(plan);
            synchronized (FakeMachine.this) {
                ((FakeJob) java.util.Objects.requireNonNull(jobs.get(plan.job()))).process = process;
            }
            return process;
        }
    }

    private FileLookup lookup() {
        return path -> {
            synchronized (this) {
                return files.getOrDefault(path, FileLookup.Kind.ABSENT);
            }
        };
    }

    @Override
    public CallerLogon asCaller(CallerProcess caller) throws LaunchException {
        step("caller");
        class FakeCallerLogon extends Taken implements CallerLogon {
            private final FakeToken token = new FakeToken();

            FakeCallerLogon() {
                super("caller");
            }

            @Override
            public FileLookup files() {
                return lookup();
            }

            @Override
            public Token token() {
                return token;
            }

            @Override
            public void close() {
                token.close();
                super.close();
            }
        }
        return new FakeCallerLogon();
    }

    @Override
    public Desktop desktop(DesktopPlan plan) throws LaunchException {
        step("desktop");
        class FakeDesktop extends Taken implements Desktop {
            FakeDesktop() {
                super("desktop");
            }

            @Override
            public String name() {
                return plan.path();
            }
        }
        return new FakeDesktop();
    }

    @Override
    public Job job(JobLimits limits, JobListener listener) throws LaunchException {
        step("job");
        FakeJob job = new FakeJob(listener);
        synchronized (this) {
            jobs.put(job.handle(), job);
        }
        return job;
    }

    private final class FakeJob extends Taken implements Job {
        private final long handle = handles.addAndGet(4);
        private final JobListener listener;
        private @Nullable Process process;

        FakeJob(JobListener listener) {
            super("job");
            this.listener = listener;
        }

        @Override
        public long handle() {
            return handle;
        }

        @Override
        public void terminate(int status) {
            synchronized (this) {
                if (process != null) {
                    process.exit(status);
                }
            }
            listener.empty();
        }

        @Override
        public Usage usage() {
            return new Usage(8 << 20, 1500, 0);
        }

        @Override
        public void close() {
            terminate(1);
            super.close();
        }
    }

    @Override
    public Stream take(CallerProcess caller, long value) throws LaunchException {
        step("take");
        synchronized (this) {
            return new FakeStream(kinds.getOrDefault(value, Stream.Kind.PIPE));
        }
    }

    @Override
    public Stream nothing() throws LaunchException {
        step("nothing");
        return new FakeStream(Stream.Kind.NULL_DEVICE);
    }

    private final class FakeStream extends Taken implements Stream {
        private final long handle = handles.addAndGet(4);
        private final Kind kind;

        FakeStream(Kind kind) {
            super("stream");
            this.kind = kind;
        }

        @Override
        public long handle() {
            return handle;
        }

        @Override
        public Kind kind() {
            return kind;
        }
    }

    @Override
    public PseudoConsole pseudoConsole(CallerProcess caller, PseudoConsolePlan plan) throws LaunchException {
        step("console");
        class FakeConsole extends Taken implements PseudoConsole {
            FakeConsole() {
                super("console");
            }

            @Override
            public PseudoConsolePlan plan() {
                return plan;
            }

            @Override
            public List<Long> handles() {
                return List.of(0x9000L, 0x9004L, 0x9008L);
            }

            @Override
            public void release() {
                note("released console");
            }

            @Override
            public ConsoleEnds ends() {
                return new ConsoleEnds(plan.input() ? 0x50 : 0, plan.output() ? 0x54 : 0);
            }

            @Override
            public void resize(int columns, int rows) {
                note("resized to " + columns + "x" + rows);
            }
        }
        return new FakeConsole();
    }

    @Override
    public Capture capture() throws LaunchException {
        step("capture");
        ByteQueue bytes = new ByteQueue();
        class FakeCapture extends Taken implements Capture {
            private final Stream end = new FakeStream(Stream.Kind.PIPE);

            FakeCapture() {
                super("capture");
            }

            @Override
            public Stream writeEnd() {
                return end;
            }

            @Override
            public InputStream output() {
                return bytes.input();
            }

            @Override
            public void close() {
                end.close();
                bytes.end();
                super.close();
            }
        }
        FakeCapture capture = new FakeCapture();
        captured = bytes;
        return capture;
    }

    private volatile @Nullable ByteQueue captured;

    /** What the helper writes into its standard output. */
    ByteQueue captured() {
        return java.util.Objects.requireNonNull(captured);
    }

    /** A started process. */
    final class Process extends Taken implements Suspended {
        private final StartPlan plan;
        private @Nullable Integer status;
        private boolean resumed;

        Process(StartPlan plan) {
            super("process");
            this.plan = plan;
        }

        StartPlan plan() {
            return plan;
        }

        JobListener reports() {
            synchronized (FakeMachine.this) {
                return ((FakeJob) java.util.Objects.requireNonNull(jobs.get(plan.job()))).listener;
            }
        }

        /** Ends it; afterwards nothing changes its status any more. */
        synchronized void exit(int with) {
            if (status == null) {
                status = with;
                notifyAll();
            }
        }

        synchronized boolean isAlive() {
            return resumed && status == null;
        }

        @Override
        public long pid() {
            return 4242;
        }

        @Override
        public void resume() throws LaunchException {
            step("resume");
            synchronized (this) {
                resumed = true;
            }
            started.add(this);
        }

        @Override
        public synchronized int await() throws LaunchException {
            while (status == null) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new LaunchException("process", "interrupted");
                }
            }
            return status;
        }
    }
}
