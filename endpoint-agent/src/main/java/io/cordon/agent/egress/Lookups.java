package io.cordon.agent.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks names up beside the event loops, with a bound on how many at once. */
final class Lookups implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int WAITING = 256;
    private static final int MOST_KEPT = 1024;
    /** More are never tried, and checked all the same. */
    private static final int MOST_ADDRESSES = 64;

    private final NameResolver resolver;
    private final ThreadPoolExecutor threads;
    private final long keptNanos;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    /** An answer and when it was found. */
    private record Kept(Answer answer, long at) {}

    /** Addresses, or none with the reason. */
    record Answer(List<InetAddress> addresses, String problem) {
        Answer {
            addresses = List.copyOf(addresses);
        }
    }

    /** @param keep how long an answer is used again */
    Lookups(NameResolver resolver, Duration keep) {
        this.keptNanos = keep.toNanos();
        this.resolver = resolver;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 5, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, "egress-lookup");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** @param then called by some thread, once; at once where the answer is known */
    void find(String name, Consumer<Answer> then) {
        Kept known = kept.get(name);
        if (known != null && System.nanoTime() - known.at() < keptNanos) {
            then.accept(known.answer());
            return;
        }
        try {
            threads.execute(() -> then.accept(keep(name, find(name))));
        } catch (RejectedExecutionException e) {
            then.accept(new Answer(List.of(), "too many names are being looked up"));
        }
    }

    private Answer keep(String name, Answer answer) {
        if (!answer.addresses().isEmpty() && keptNanos > 0) {
            if (kept.size() >= MOST_KEPT) {
                kept.clear();
            }
            kept.put(name, new Kept(answer, System.nanoTime()));
        }
        return answer;
    }

    private Answer find(String name) {
        try {
            List<InetAddress> addresses = resolver.resolve(name);
            return addresses.size() > MOST_ADDRESSES
                    ? new Answer(List.of(), "the name leads to " + addresses.size() + " addresses")
                    : new Answer(addresses, addresses.isEmpty() ? "the name leads to no address" : "");
        } catch (UnknownHostException e) {
            return new Answer(List.of(), "the name cannot be resolved");
        } catch (RuntimeException e) {
            return new Answer(List.of(), "the resolver failed: " + e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
