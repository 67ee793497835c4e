package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.RunListener;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run on its own thread: prepared, told, resumed, awaited, cleaned up, reported. */
final class Run implements Runnable, JobListener {
    private static final System.Logger LOG = System.getLogger(Run.class.getName());

    /** What a process that is ended by Ctrl+C exits with. */
    private static final int STATUS_CONTROL_C_EXIT = 0xC000013A;

    private static final int SIGKILL = 9;
    private static final int KILLED = 128 + SIGKILL;
    private static final long KIB = 1024;

    /** Prepares the process of this run. */
    @FunctionalInterface
    interface Preparation {
        Confined prepare(JobListener listener) throws LaunchException;
    }

    private final Conversation caller;
    private final Preparation preparation;
    private final RunListener listener;
    private final int wallClockSeconds;
    private final ChannelLimits limits;
    private final Workers workers;
    private final InstantSource clock;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final CountDownLatch empty = new CountDownLatch(1);
    private final Set<String> limitsHit = new LinkedHashSet<>();

    /** What the job reports before the run is known to have started; null from then on. */
    private @Nullable List<Runnable> early = new ArrayList<>();

    private @Nullable Confined confined;
    private @Nullable String killed;
    private @Nullable String lost;

    Run(
            Conversation caller,
            Preparation preparation,
            RunListener listener,
            int wallClockSeconds,
            ChannelLimits limits,
            Workers workers,
            InstantSource clock) {
        this.caller = caller;
        this.preparation = preparation;
        this.listener = listener;
        this.wallClockSeconds = wallClockSeconds;
        this.limits = limits;
        this.workers = workers;
        this.clock = clock;
    }

    /** Calls back when nothing of the run is left. */
    void whenOver(Runnable action) {
        over.thenRun(action);
    }

    @Override
    public void run() {
        try {
            runConfined();
        } catch (LaunchException e) {
            fail(e.stage(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a run ended in a defect", e);
            fail("launcher", "internal error: " + e);
        } finally {
            over.complete(null);
        }
    }

    private void runConfined() throws LaunchException {
        try (Confined process = preparation.prepare(this)) {
            begin(process);
            Future<?> limit = wallClockSeconds == 0
                    ? null
                    : workers.timer().schedule(this::timeIsUp, wallClockSeconds, TimeUnit.SECONDS);
            int status = process.process().await();
            if (limit != null) {
                limit.cancel(false);
            }
            settle(process);
            end(status, process.job().usage());
        }
    }

    private void begin(Confined process) throws LaunchException {
        boolean dead;
        synchronized (this) {
            confined = process;
            dead = killed != null || lost != null;
        }
        if (dead) {
            process.job().terminate(KILLED);
        } else {
            caller.send(LauncherWriter.started());
            if (process.console() != null) {
                caller.send(LauncherWriter.pty(process.console().ends()));
            }
            process.process().resume();
        }
        long pid = process.process().pid();
        workers.events().execute(() -> listener.started(pid, clock.instant()));
        List<Runnable> reported;
        synchronized (this) {
            reported = early;
            early = null;
            if (reported != null) {
                reported.forEach(workers.events()::execute);
            }
        }
    }

    /** Nothing of the run may be alive when its end is told, and a console has shown everything. */
    private void settle(Confined process) {
        process.job().terminate(KILLED);
        try {
            if (!empty.await(limits.settle().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "a job did not report that it is empty");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (process.console() != null) {
            process.console().close();
        }
    }

    private void end(int status, Machine.Usage usage) {
        String gone;
        RunListener.Exit exit;
        synchronized (this) {
            gone = lost;
            confined = null;
            exit = new RunListener.Exit(
                    killed == null ? status : 0,
                    killed == null ? 0 : SIGKILL,
                    List.copyOf(limitsHit),
                    clock.instant(),
                    usage.peakBytes() / KIB,
                    usage.cpuMicros());
        }
        if (gone == null) {
            caller.ended(exit.status());
            workers.events().execute(() -> listener.exited(exit));
        }
    }

    private void fail(String stage, String error) {
        String gone;
        boolean started;
        synchronized (this) {
            gone = lost;
            started = early == null;
            confined = null;
        }
        if (gone != null) {
            return;
        }
        if (started) {
            // It ran, so that "never ran" would be wrong; what became of it cannot be said any more, but its job is
            // closed.
            String why = stage + ": " + error;
            caller.lost(why);
            workers.events().execute(() -> listener.lost(why));
        } else {
            caller.failed();
            workers.events().execute(() -> listener.failed(stage, error));
        }
    }

    /** Ends it with everything in it, as by SIGKILL. */
    void kill(String reason) {
        LOG.log(System.Logger.Level.DEBUG, "a run is killed: {0}", reason);
        synchronized (this) {
            if (killed == null) {
                killed = reason;
            }
        }
        terminate(KILLED);
    }

    /** What carried it is gone: ended likewise, but reported as lost. */
    void lose(String why) {
        synchronized (this) {
            if (lost != null) {
                return;
            }
            lost = why;
        }
        terminate(KILLED);
        caller.lost(why);
        workers.events().execute(() -> listener.lost(why));
    }

    private void timeIsUp() {
        synchronized (this) {
            limitsHit.add("wallClock");
        }
        kill("wall clock limit of " + wallClockSeconds + " s");
    }

    private synchronized void terminate(int status) {
        if (confined != null) {
            confined.job().terminate(status);
        }
    }

    /**
     * The caller's console spoke. A run with a pseudo console hears Ctrl+C through its input, as a character; every other event, and
     * any for a run without one, ends it, for a process of another session and console cannot be sent one.
     */
    void heed(LauncherMessage message) {
        if (message instanceof LauncherMessage.Resize size) {
            synchronized (this) {
                if (confined != null && confined.console() != null) {
                    confined.console().resize(size.columns(), size.rows());
                }
            }
        } else if (message instanceof LauncherMessage.Control control && !comesAsCharacter(control.event())) {
            terminate(STATUS_CONTROL_C_EXIT);
        }
    }

    private synchronized boolean comesAsCharacter(LauncherMessage.Event event) {
        return event == LauncherMessage.Event.C
                && confined != null
                && confined.console() != null
                && confined.console().ends().writeTo() != 0;
    }

    @Override
    public void processStarted(long pid, long parent, @Nullable String image, @Nullable String commandLine) {
        List<String> arguments = commandLine == null ? List.of() : CommandLine.split(commandLine);
        report(new RunListener.ProcessEvent(
                RunListener.ProcessEvent.Kind.EXEC, pid, parent, image, arguments, false, null, clock.instant()));
    }

    @Override
    public void processEnded(long pid, @Nullable Integer status) {
        report(new RunListener.ProcessEvent(
                RunListener.ProcessEvent.Kind.EXIT, pid, 0, null, List.of(), false, status, clock.instant()));
    }

    private synchronized void report(RunListener.ProcessEvent event) {
        Runnable telling = () -> listener.process(event);
        if (early != null) {
            early.add(telling);
        } else if (lost == null) {
            workers.events().execute(telling);
        }
    }

    @Override
    public synchronized void limitHit(Limit limit) {
        limitsHit.add(limit.record());
    }

    @Override
    public void empty() {
        empty.countDown();
    }
}
