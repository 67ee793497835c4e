package io.cordon.agent.egress;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One thread that serves many channels. Sleeps when nothing happens; with nobody to time out, for as long as that lasts. */
final class EventLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());
    private static final long TICK_MILLIS = 100;
    private static final int CLOSE_SECONDS = 5;

    /** What is to be called when a channel is ready; only ever in the loop's thread. */
    @FunctionalInterface
    interface Ready {
        void ready(SelectionKey key);
    }

    /** Looked at ten times a second while it takes part. */
    interface Member {
        /** @param now of {@link System#nanoTime()} */
        void tick(long now);

        /** The loop ends. */
        void shutDown();
    }

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Set<Member> members = new HashSet<>();
    private final Buffers buffers = new Buffers();
    private volatile boolean stopped;

    EventLoop(String name) throws IOException {
        selector = Selector.open();
        thread = new Thread(this::serve, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Buffers buffers() {
        return buffers;
    }

    /** Has the loop do something; from any thread. */
    void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread && woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Has the loop do something: now, if this is its thread. */
    void run(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** In the loop's thread, or before it starts. */
    SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws ClosedChannelException {
        return channel.register(selector, operations, ready);
    }

    void join(Member member) {
        members.add(member);
    }

    void leave(Member member) {
        members.remove(member);
    }

    private void serve() {
        long ticked = System.nanoTime();
        try (selector) {
            while (!stopped) {
                await();
                woken.set(false);
                runTasks();
                long now = System.nanoTime();
                if (now - ticked >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
                    ticked = now;
                    List.copyOf(members).forEach(member -> guarded(() -> member.tick(now)));
                }
            }
            List.copyOf(members).forEach(member -> guarded(member::shutDown));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "the egress proxy cannot wait for its connections any more", e);
        }
    }

    private void await() throws IOException {
        if (tasks.isEmpty()) {
            selector.select(EventLoop::call, members.isEmpty() ? 0 : TICK_MILLIS);
        } else {
            selector.selectNow(EventLoop::call);
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
    }

    private static void call(SelectionKey key) {
        guarded(() -> ((Ready) key.attachment()).ready(key));
    }

    /** A defect in the handling of one connection must not end the others. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a connection through the egress proxy failed", e);
        }
    }

    @Override
    public void close() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
