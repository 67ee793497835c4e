package io.cordon.agent.adapters.discovery;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads on threads of its own, since a file of a user can be made to wait for ever: a pipe put in its place at the right moment, a
 * file system that does not answer. A thread that waits is given up and counts until it ends; when all do, nothing more is read.
 */
final class PatientReader {
    private static final int MOST_THREADS = 16;

    private final ThreadPoolExecutor threads;

    PatientReader(String name) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
    }

    /** Not begun: every thread waits. */
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1;

        private BusyException() {
            super(MOST_THREADS + " readings wait for files that do not answer");
        }
    }

    /** @throws IOException when it fails, takes longer, or there are no threads left; the message says which */
    <T> T within(Duration longest, Callable<T> reading) throws IOException, InterruptedException {
        Future<T> future;
        try {
            future = threads.submit(reading);
        } catch (RejectedExecutionException e) {
            throw new BusyException();
        }
        try {
            return future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new IOException("no answer within " + longest.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof IOException failure ? failure : new IOException(String.valueOf(cause), cause);
        }
    }
}
