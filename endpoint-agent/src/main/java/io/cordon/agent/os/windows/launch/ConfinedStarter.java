package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.SandboxAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs helpers of Cordon's own as a sandbox account, confined like a command with no writable root. */
public final class ConfinedStarter {
    private static final JobLimits LIMITS = new JobLimits(4, 512L << 20, true);
    private static final int KILLED = 137;

    private final Chain chain;
    private final Workers workers = Workers.start();

    public ConfinedStarter(Machine machine, MachineFacts facts, LongSupplier random) {
        this.chain = new Chain(machine, facts, random);
    }

    /**
     * Runs a program and collects its standard output; its input and error output are the null device.
     *
     * @param argv the program's full path first; the account must be able to read it
     * @param cwd a folder the account can read
     * @param patience after which it is ended with everything it started
     * @param maxBytes of output; a helper that says more is ended
     */
    public HelperRun run(SandboxAccount account, List<String> argv, String cwd, Duration patience, int maxBytes) {
        Order order = new Order(new Identity.Sandboxed(account, List.of()), argv, Map.of(), cwd, LIMITS);
        Collector collector = new Collector(maxBytes);
        try (Confined helper = chain.prepare(order, collector, new Unheard(), new Undo())) {
            collector.listen(workers);
            helper.process().resume();
            var timer = workers.timer()
                    .schedule(
                            () -> {
                                collector.fail("did not end within " + patience.toSeconds() + " s");
                                helper.job().terminate(KILLED);
                            },
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS);
            collector.onOverflow(() -> helper.job().terminate(KILLED));
            int status = helper.process().await();
            helper.job().terminate(KILLED);
            HelperRun result = collector.result(status, patience);
            timer.cancel(false);
            return result;
        } catch (LaunchException e) {
            return new HelperRun.Failed(argv.get(0) + " was not run: " + e.stage() + ": " + e.getMessage());
        }
    }

    /** Reads the helper's output to its end. */
    private static final class Collector implements Wiring.Source {
        private final int maxBytes;
        private final CompletableFuture<byte[]> output = new CompletableFuture<>();
        private Machine.@Nullable Capture capture;
        private @Nullable String failure;

        Collector(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public Wiring wire(Machine machine, Undo undo) throws LaunchException {
            Machine.Capture made = undo.add(machine.capture());
            capture = made;
            return new Wiring(
                    Arrays.asList(undo.add(machine.nothing()), made.writeEnd(), undo.add(machine.nothing())), null);
        }

        void listen(Workers workers) {
            Machine.Capture from = capture;
            if (from == null) {
                throw new IllegalStateException("nothing was wired");
            }
            workers.writers().execute(() -> {
                try {
                    output.complete(from.output().readNBytes(maxBytes + 1));
                } catch (IOException e) {
                    output.completeExceptionally(e);
                }
            });
        }

        void onOverflow(Runnable end) {
            output.thenAccept(bytes -> {
                if (tooMuch(bytes)) {
                    end.run();
                }
            });
        }

        /** Whether it said too much, which whoever sees the bytes first finds out. */
        private boolean tooMuch(byte[] bytes) {
            boolean more = bytes.length > maxBytes;
            if (more) {
                fail("said more than " + maxBytes + " bytes");
            }
            return more;
        }

        synchronized void fail(String why) {
            if (failure == null) {
                failure = why;
            }
        }

        private synchronized @Nullable String failure() {
            return failure;
        }

        private HelperRun ended() {
            return new HelperRun.Failed("the helper " + failure() + " and was ended");
        }

        HelperRun result(int status, Duration patience) {
            try {
                byte[] bytes = output.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                return !tooMuch(bytes) && failure() == null ? new HelperRun.Ended(status, bytes) : ended();
            } catch (ExecutionException | TimeoutException e) {
                return failure() == null
                        ? new HelperRun.Failed("the helper's output could not be read: " + e)
                        : ended();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new HelperRun.Failed("the wait for the helper was interrupted");
            }
        }
    }

    /** Nobody asks what the job of a helper reports. */
    private static final class Unheard implements JobListener {
        @Override
        public void processStarted(long pid, long parent, @Nullable String image, @Nullable String commandLine) {}

        @Override
        public void processEnded(long pid, @Nullable Integer status) {}

        @Override
        public void limitHit(Limit limit) {}

        @Override
        public void empty() {}
    }
}
