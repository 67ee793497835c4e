package io.cordon.agent.telemetry.gateway.otlp;

import com.google.protobuf.Message;
import io.cordon.agent.os.SenderIdentity;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * OTLP over gRPC on 127.0.0.1. One thread for each connection, so the number of connections is bounded, and each may have one
 * call at a time: that bounds the messages in memory.
 */
public final class GrpcReceiver implements AutoCloseable {
    private static final int IDLE_SECONDS = 60;
    private static final int METADATA_BYTES = 16 << 10;
    private static final int WAITING = 64;

    private final Server server;
    private final ExecutorService connections;
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService timer;

    private GrpcReceiver(int port, ReceiverLimits limits, SenderIdentity senders, ExportSink sink) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        connections = Executors.newCachedThreadPool(threads("cordon-otlp-grpc"));
        workers = new ThreadPoolExecutor(
                limits.workers(),
                limits.workers(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                threads("cordon-otlp-call"),
                // The connection's own thread then: it reads nothing more meanwhile.
                new ThreadPoolExecutor.CallerRunsPolicy());
        timer = Executors.newSingleThreadScheduledExecutor(threads("cordon-otlp-timer"));
        OkHttpServerBuilder builder = OkHttpServerBuilder.forPort(
                        new InetSocketAddress(loopback, port), InsecureServerCredentials.create())
                .socketFactory(new LimitedSockets(limits.connections()))
                .transportExecutor(connections)
                .executor(workers)
                .scheduledExecutorService(timer)
                // Beyond this the transport resets the stream; up to it a message is answered as too large (O9).
                .maxInboundMessageSize(limits.messageBytes() + limits.messageBytes() / 3)
                .maxInboundMetadataSize(METADATA_BYTES)
                .maxConcurrentCallsPerConnection(1)
                .maxConnectionIdle(IDLE_SECONDS, TimeUnit.SECONDS);
        builder.handshakeTimeout(10, TimeUnit.SECONDS);
        InFlight inFlight = new InFlight(limits.inFlightBytes());
        for (Signal signal : Signal.values()) {
            builder.addService(
                    service(signal, new ExportCalls(signal, limits.messageBytes(), inFlight, senders, sink)));
        }
        server = builder.build();
    }

    /** @param port 0 for any free one */
    public static GrpcReceiver open(int port, ReceiverLimits limits, SenderIdentity senders, ExportSink sink)
            throws IOException {
        GrpcReceiver receiver = new GrpcReceiver(port, limits, senders, sink);
        try {
            receiver.server.start();
            return receiver;
        } catch (IOException e) {
            receiver.close();
            throw e;
        }
    }

    public int port() {
        return server.getPort();
    }

    private static ServerServiceDefinition service(Signal signal, ExportCalls calls) {
        MethodDescriptor<ExportCalls.Request, Message> export =
                MethodDescriptor.<ExportCalls.Request, Message>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(MethodDescriptor.generateFullMethodName(signal.service(), "Export"))
                        .setRequestMarshaller(new Requests())
                        .setResponseMarshaller(new Answers())
                        .build();
        ServiceDescriptor descriptor =
                ServiceDescriptor.newBuilder(signal.service()).addMethod(export).build();
        return ServerServiceDefinition.builder(descriptor)
                .addMethod(export, calls)
                .build();
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Hands the bytes on, so that what cannot be parsed, or is too large once decompressed, is answered as such. */
    private static final class Requests implements MethodDescriptor.Marshaller<ExportCalls.Request> {
        @Override
        public InputStream stream(ExportCalls.Request value) {
            return new ByteArrayInputStream(value.bytes());
        }

        @Override
        public ExportCalls.Request parse(InputStream stream) {
            try {
                return new ExportCalls.Request(stream.readAllBytes(), false);
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
                    return new ExportCalls.Request(new byte[0], true);
                }
                throw e;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Answers implements MethodDescriptor.Marshaller<Message> {
        @Override
        public InputStream stream(Message value) {
            return new ByteArrayInputStream(value.toByteArray());
        }

        @Override
        public Message parse(InputStream stream) {
            throw new UnsupportedOperationException("answers are only sent");
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
        connections.shutdownNow();
        workers.shutdownNow();
        timer.shutdownNow();
    }
}
