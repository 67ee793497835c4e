package io.cordon.agent.os.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.ipc.Frames;
import io.cordon.agent.ipc.ProtocolException;
import io.cordon.agent.os.Account;
import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.LocalChannel;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.RunListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The link against a spawner that says whatever the test wants. */
@Timeout(300)
class SpawnerLinkTest {
    private static final String READY =
            "{\"t\":\"ready\",\"version\":\"9\",\"features\":{\"procEvents\":true,\"cgroup\":\"v2\"}}";
    private static final String REQUEST = """
            {"t":"request","id":%d,"op":"run","caller":{"pid":12,"uid":1000,"gid":100,"groups":[]},\
            "cwd":"/home/ada","argv":["ls"],"env":{},"args":{}}""";
    private static final ConfinementPlan PLAN = new ConfinementPlan(
            new Principal("ada", new Account.Posix(1000, 100, List.of()), "/home/ada"),
            "/home/ada",
            List.of("ls"),
            Map.of(),
            new FileView.Mounts(List.of(), List.of()),
            NetworkPlan.Granted.offline(),
            false,
            ConfinementPlan.Limits.NONE,
            "cordon");

    private final ScriptedSpawner spawner = new ScriptedSpawner();
    private final SpawnerLink link = new SpawnerLink(() -> spawner);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private final LocalChannel.Handler handler = new LocalChannel.Handler() {
        @Override
        public void request(LocalRequest request) {
            heard.add("request " + request.id());
            if (request.id() == 13) {
                throw new IllegalStateException("a defect");
            }
        }

        @Override
        public void ended(String why) {
            heard.add("ended: " + why);
        }
    };

    private final RunListener listener = new RunListener() {
        @Override
        public void started(long pid, Instant at) {
            heard.add("started " + pid);
        }

        @Override
        public void process(ProcessEvent event) {
            heard.add("process " + event.kind());
        }

        @Override
        public void exited(Exit exit) {
            heard.add("exited " + exit.status());
        }

        @Override
        public void failed(String stage, String error) {
            heard.add("failed " + stage + ": " + error);
        }

        @Override
        public void lost(String why) {
            heard.add("lost: " + why);
        }
    };

    private static final class ScriptedSpawner implements SpawnerProcess {
        private final PipedInputStream messages = new PipedInputStream(1 << 16);
        private final PipedOutputStream says;
        private final PipedInputStream told = new PipedInputStream(1 << 16);
        private final PipedOutputStream commands;
        private boolean stopped;

        ScriptedSpawner() {
            try {
                says = new PipedOutputStream(messages);
                commands = new PipedOutputStream(told);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        void say(String json) throws IOException {
            Frames.write(says, json.getBytes(StandardCharsets.UTF_8));
        }

        String heard() throws IOException {
            return new String(Frames.read(told), StandardCharsets.UTF_8);
        }

        @Override
        public InputStream messages() {
            return messages;
        }

        @Override
        public OutputStream commands() {
            return commands;
        }

        @Override
        public synchronized void stop() {
            stopped = true;
            try {
                says.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        synchronized boolean stopped() {
            return stopped;
        }

        @Override
        public String epitaph() {
            return "the spawner exited with status 1";
        }
    }

    @AfterEach
    void close() {
        link.close();
    }

    private void open() throws IOException {
        spawner.say(READY);
        link.open(handler);
    }

    private String next() throws InterruptedException {
        return heard.poll(60, TimeUnit.SECONDS);
    }

    @Test
    void whatTheSpawnerCanDoIsKnownFromItsFirstWord() throws IOException {
        open();
        assertEquals("cgroup v2", link.features().limits());
        assertTrue(link.features().processEvents());
    }

    @Test
    void aSpawnerThatDoesNotGetReadyIsStoppedAndSaidSo() throws IOException {
        spawner.says.close();
        IOException refused = assertThrows(IOException.class, () -> link.open(handler));
        assertTrue(refused.getMessage().contains("exited with status 1 before it was ready"), refused.getMessage());
        assertTrue(spawner.stopped());
    }

    @Test
    void aFirstMessageThatIsNotReadyEndsIt() throws IOException {
        spawner.say(REQUEST.formatted(1));
        assertThrows(ProtocolException.class, () -> link.open(handler));
        assertTrue(spawner.stopped());
    }

    @Test
    void eventsOfARunReachItsListenerInOrderUntilItsEnd() throws Exception {
        open();
        link.launch(5, PLAN, listener);
        assertTrue(spawner.heard().startsWith("{\"t\":\"plan\",\"id\":5,"));
        spawner.say("{\"t\":\"started\",\"id\":5,\"pid\":77,\"at\":0}");
        spawner.say("{\"t\":\"process\",\"id\":5,\"kind\":\"exec\",\"pid\":77,\"at\":0}");
        spawner.say("{\"t\":\"exited\",\"id\":6,\"exitCode\":1,\"at\":0}");
        spawner.say("{\"t\":\"exited\",\"id\":5,\"exitCode\":3,\"at\":0}");
        spawner.say("{\"t\":\"exited\",\"id\":5,\"exitCode\":4,\"at\":0}");
        spawner.say(REQUEST.formatted(8));
        assertEquals("started 77", next());
        assertEquals("process EXEC", next());
        assertEquals("exited 3", next());
        assertEquals("request 8", next());
    }

    @Test
    void aRequestThatCannotBeReadIsAnsweredAndTheLinkGoesOn() throws Exception {
        open();
        spawner.say(REQUEST.formatted(4).replace("\"uid\":1000", "\"uid\":-5"));
        String reply = spawner.heard();
        assertTrue(reply.startsWith("{\"t\":\"reply\",\"id\":4,\"exit\":125,"), reply);
        assertTrue(reply.contains("cannot be understood"), reply);
        spawner.say(REQUEST.formatted(5));
        assertEquals("request 5", next());
    }

    @Test
    void aDefectInTheHandlerIsAnsweredAndTheLinkGoesOn() throws Exception {
        open();
        spawner.say(REQUEST.formatted(13));
        assertEquals("request 13", next());
        assertTrue(spawner.heard().contains("internal error"));
        spawner.say(REQUEST.formatted(14));
        assertEquals("request 14", next());
    }

    @Test
    void aMessageThatIsNoneLosesTheRunsAndEndsTheSpawner() throws Exception {
        open();
        link.launch(5, PLAN, listener);
        spawner.say("{\"t\":\"exited\",\"id\":5}");
        assertTrue(next().startsWith("lost: the spawner cannot be understood"));
        assertTrue(next().startsWith("ended: the spawner cannot be understood"));
        assertTrue(spawner.stopped());
    }

    @Test
    void anOversizeFrameLosesTheRunsAndEndsTheSpawner() throws Exception {
        open();
        link.launch(5, PLAN, listener);
        spawner.says.write(new byte[] {1, 0, 16, 0});
        spawner.says.flush();
        assertTrue(next().contains("frame length: 1048577"));
        assertTrue(next().startsWith("ended:"));
        assertTrue(spawner.stopped());
    }

    @Test
    void aFrameCutOffByTheSpawnersDeathLosesTheRuns() throws Exception {
        open();
        link.launch(5, PLAN, listener);
        spawner.says.write(new byte[] {9, 0, 0, 0, '{'});
        spawner.says.close();
        assertTrue(next().contains("frame: ended after 1 of 9 bytes"));
        assertTrue(next().startsWith("ended:"));
    }

    @Test
    void afterTheSpawnersDeathNothingStartsAndFeaturesAreUnknown() throws Exception {
        open();
        spawner.says.close();
        assertEquals("ended: the spawner exited with status 1", next());
        assertFalse(link.features().processEvents());
        link.launch(6, PLAN, listener);
        assertEquals("failed spawner: the spawner does not run", next());
        link.reply(7, LocalReply.output("nobody hears"));
    }

    @Test
    void closingIsNoEndThatIsReported() throws Exception {
        open();
        link.close();
        assertThrows(IllegalStateException.class, () -> link.open(handler));
        assertTrue(spawner.stopped());
        assertEquals(null, heard.poll(100, TimeUnit.MILLISECONDS));
    }
}
