package io.cordon.agent.os.windows.launch;

import io.cordon.agent.ipc.Frames;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A named pipe that tests connect to. */
final class FakePipe implements PipeListener.Source {
    static final Sid ADA = Sid.parse("S-1-5-21-1-2-3-1001");

    private static final Object END = new Object();

    private final AtomicInteger openProcesses = new AtomicInteger();
    private volatile @Nullable BlockingQueue<Object> waiting;

    @Override
    public PipeListener listen() {
        BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
        waiting = queue;
        return new PipeListener() {
            @Override
            public PipeConnection accept() throws IOException {
                try {
                    Object next = queue.take();
                    if (next instanceof Client client) {
                        return client;
                    }
                    throw new IOException("the pipe broke");
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public void close() {
                queue.add(END);
            }
        };
    }

    /** The pipe breaks under its listener. */
    void breakOff() {
        queue().add(END);
    }

    private BlockingQueue<Object> queue() {
        BlockingQueue<Object> queue = waiting;
        if (queue == null) {
            throw new IllegalStateException("nobody listens");
        }
        return queue;
    }

    /** Processes of callers that are held open. */
    int openProcesses() {
        return openProcesses.get();
    }

    Client connect() {
        return connect(seen -> seen);
    }

    /** @param attested changes what is attested of this caller */
    Client connect(UnaryOperator<Attestation> attested) {
        Client client = new Client(attested);
        queue().add(client);
        return client;
    }

    static Attestation.Token token(Sid user) {
        return new Attestation.Token(user, List.of(Sid.EVERYONE, Sid.USERS), 77, 1, false);
    }

    /** Both ends of one connection. */
    final class Client implements PipeConnection {
        private final ByteQueue toAgent = new ByteQueue();
        private final ByteQueue toClient = new ByteQueue();
        private final UnaryOperator<Attestation> attested;

        Client(UnaryOperator<Attestation> attested) {
            this.attested = attested;
        }

        void say(String json) throws IOException {
            Frames.write(toAgent.output(), json.getBytes(StandardCharsets.UTF_8));
        }

        /** The next frame; null once the agent has hung up. */
        @Nullable
        String hear() throws IOException {
            byte[] frame = Frames.read(toClient.input());
            return frame == null ? null : new String(frame, StandardCharsets.UTF_8);
        }

        void hangUp() {
            toAgent.end();
        }

        @Override
        public InputStream input() {
            return toAgent.input();
        }

        @Override
        public OutputStream output() {
            return toClient.output();
        }

        @Override
        public Attestation attest(String cwd) {
            openProcesses.incrementAndGet();
            return attested.apply(new Attestation(
                    new CallerProcess() {
                        private boolean closed;

                        @Override
                        public long pid() {
                            return 12;
                        }

                        @Override
                        public long handle() {
                            return 0x44;
                        }

                        @Override
                        public synchronized void close() {
                            if (!closed) {
                                closed = true;
                                openProcesses.decrementAndGet();
                            }
                        }
                    },
                    token(ADA),
                    token(ADA),
                    Attestation.Level.IMPERSONATION,
                    1,
                    "C:\\Program Files\\Cordon\\cordon.exe",
                    "\\\\?\\" + cwd));
        }

        @Override
        public void close() {
            toAgent.end();
            toClient.end();
        }
    }
}
