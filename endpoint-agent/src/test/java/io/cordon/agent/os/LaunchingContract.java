package io.cordon.agent.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every pair of {@link LocalChannel} and {@link ProcessLauncher} promises. */
@Timeout(300)
public abstract class LaunchingContract {
    private static final int PATIENCE = 60;

    /** Seconds that every launcher waits for a record before it tells the caller without one. */
    private static final int WAITS_FOR_RECORD = 2;

    /** A local process that asked for a run. */
    protected interface Asker {
        /** Waits until the command itself has begun, which is after its start is told. */
        default void awaitCommand() throws Exception {}

        /** Lets the command, once it runs, end with this status. */
        void finish(int status) throws IOException;

        /** Whether it has been told how its request ended. */
        boolean told();

        /** Waits for what it is told. */
        LocalReply answer() throws Exception;
    }

    private final BlockingQueue<LocalRequest> requests = new LinkedBlockingQueue<>();
    protected final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    protected abstract LocalChannel channel() throws IOException;

    protected abstract ProcessLauncher launcher();

    /** A new local process asks for a run that goes on until it is told to finish. */
    protected abstract Asker ask() throws IOException;

    /** A plan that fits the request, or one that must not be obeyed. */
    protected abstract ConfinementPlan plan(LocalRequest request, boolean sound);

    /** What carries channel and launcher dies. */
    protected abstract void die();

    /** The run has been handed over; the reference, in which nothing happens by itself, goes on here. */
    protected void handedOver(long id, boolean sound) {}

    @AfterEach
    void close() throws IOException {
        channel().close();
    }

    private void open() throws IOException {
        channel().open(new LocalChannel.Handler() {
            @Override
            public void request(LocalRequest request) {
                requests.add(request);
            }

            @Override
            public void ended(String why) {
                heard.add("ended");
            }
        });
    }

    private final RunListener listener = new RunListener() {
        @Override
        public void started(long pid, Instant at) {
            heard.add(pid > 0 ? "started" : "started without a process");
        }

        @Override
        public void process(ProcessEvent event) {
            // A best effort, not promised.
        }

        @Override
        public void exited(Exit exit) {
            heard.add("exited " + exit.status());
        }

        @Override
        public void failed(String stage, String error) {
            heard.add("failed");
        }

        @Override
        public void lost(String why) {
            heard.add("lost");
        }
    };

    private LocalRequest request() throws InterruptedException {
        LocalRequest request = requests.poll(PATIENCE, TimeUnit.SECONDS);
        assertNotEquals(null, request, "no request came");
        return request;
    }

    private String next() throws InterruptedException {
        return heard.poll(PATIENCE, TimeUnit.SECONDS);
    }

    private long launched(Asker asker) throws Exception {
        LocalRequest request = request();
        launcher().launch(request.id(), plan(request, true), listener);
        handedOver(request.id(), true);
        assertEquals("started", next());
        asker.awaitCommand();
        return request.id();
    }

    @Test
    void aReplyEndsTheRequestAndNothingRuns() throws Exception {
        open();
        Asker asker = ask();
        LocalRequest request = request();
        assertEquals(LocalRequest.Operation.RUN, request.operation());
        assertFalse(asker.told());
        channel().reply(request.id(), LocalReply.line(LocalReply.DENIED, "no"));
        assertEquals(LocalReply.line(LocalReply.DENIED, "no"), asker.answer());
        channel().reply(request.id(), LocalReply.line(LocalReply.DENIED, "again"));
    }

    @Test
    void requestsAreToldApart() throws Exception {
        open();
        Asker first = ask();
        LocalRequest one = request();
        Asker second = ask();
        LocalRequest other = request();
        assertNotEquals(one.id(), other.id());
        channel().reply(other.id(), new LocalReply(0, "second\n", ""));
        channel().reply(one.id(), new LocalReply(0, "first\n", ""));
        assertEquals("first\n", first.answer().stdout());
        assertEquals("second\n", second.answer().stdout());
    }

    @Test
    void theCallerLearnsTheEndWhenTheRecordIsDurable() throws Exception {
        open();
        Asker asker = ask();
        long id = launched(asker);
        long before = System.nanoTime();
        asker.finish(3);
        assertEquals("exited 3", next());
        boolean told = asker.told();
        assertTrue(!told || System.nanoTime() - before > TimeUnit.SECONDS.toNanos(WAITS_FOR_RECORD), "told too early");
        launcher().recorded(id);
        assertEquals(3, asker.answer().exit());
        assertTrue(heard.isEmpty());
    }

    @Test
    void aKilledRunIsHeardToHaveExited() throws Exception {
        open();
        Asker asker = ask();
        long id = launched(asker);
        launcher().kill(id, "the test says so");
        String end = next();
        assertTrue(end.equals("exited 137") || end.equals("exited 143"), end);
        launcher().recorded(id);
        assertTrue(asker.answer().exit() > 128);
    }

    @Test
    void aPlanThatMustNotBeObeyedFailsAndStartsNothing() throws Exception {
        open();
        ask();
        LocalRequest request = request();
        launcher().launch(request.id(), plan(request, false), listener);
        handedOver(request.id(), false);
        assertEquals("failed", next());
        assertTrue(heard.isEmpty());
    }

    @Test
    void idsThatNobodyKnowsAreIgnored() throws Exception {
        open();
        channel().reply(987_654, LocalReply.output("x"));
        launcher().kill(987_654, "x");
        launcher().recorded(987_654);
        Asker asker = ask();
        channel().reply(request().id(), LocalReply.output("still here\n"));
        assertEquals("still here\n", asker.answer().stdout());
    }

    @Test
    void whenItDiesEveryRunIsLostAndTheChannelHasEnded() throws Exception {
        open();
        launched(ask());
        die();
        assertEquals("lost", next());
        assertEquals("ended", next());
    }
}
