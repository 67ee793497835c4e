package io.cordon.agent.os.windows.launch;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of channel and launcher; idle ones end by themselves.
 *
 * @param events one thread: everything that handler and listeners hear comes from it, in order
 * @param writers to callers, one at most for each
 * @param talks one for each caller, and one for each run
 * @param timer for what must not wait for ever
 */
record Workers(Executor events, Executor writers, ThreadFactory talks, ScheduledExecutorService timer) {
    /** Frames of at most one MiB and a few native calls need little. */
    private static final long STACK = 512 * 1024;

    private static final int IDLE_SECONDS = 10;

    static Workers start() {
        ThreadPoolExecutor events = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads("launch-events"));
        events.allowCoreThreadTimeOut(true);
        ThreadPoolExecutor writers = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                threads("launch-writer"));
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads("launch-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return new Workers(events, writers, threads("launch"), timer);
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(null, work, name + "-" + number.incrementAndGet(), STACK);
            thread.setDaemon(true);
            return thread;
        };
    }
}
