package io.cordon.agent.telemetry.gateway.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.cordon.agent.os.MemorySenders;
import io.cordon.agent.os.Sender;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcReceiverTest {
    private static final ReceiverLimits SMALL = new ReceiverLimits(1 << 20, 2 << 20, 12 << 20, 1 << 20, 2, 2);

    private final MemorySenders senders = new MemorySenders();
    private final List<Export> taken = new ArrayList<>();
    private Receipt receipt = Receipt.Taken.ALL;
    private final GrpcReceiver receiver;
    private final ManagedChannel channel;

    GrpcReceiverTest() throws IOException {
        senders.set(new Sender("1000", null));
        receiver = GrpcReceiver.open(0, SMALL, senders, this::take);
        channel = OkHttpChannelBuilder.forAddress("127.0.0.1", receiver.port())
                .usePlaintext()
                .build();
    }

    private synchronized Receipt take(Export export, Sender sender) {
        assertEquals("1000", sender.accountId());
        taken.add(export);
        return receipt;
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        receiver.close();
    }

    /** How a call ended. */
    private record Ended(Status status, Metadata trailers, byte[] answer) {}

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Ended call(Signal signal, byte[] request, boolean gzip) throws Exception {
        MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(signal.service() + "/Export")
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        CallOptions options = gzip ? CallOptions.DEFAULT.withCompression("gzip") : CallOptions.DEFAULT;
        ClientCall<byte[], byte[]> call = channel.newCall(method, options);
        CompletableFuture<Ended> ended = new CompletableFuture<>();
        call.start(
                new ClientCall.Listener<>() {
                    private byte[] answer = new byte[0];

                    @Override
                    public void onMessage(byte[] message) {
                        answer = message;
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.complete(new Ended(status, trailers, answer));
                    }
                },
                new Metadata());
        call.request(1);
        call.sendMessage(request);
        call.halfClose();
        return ended.get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesAllThreeSignals(boolean gzip) throws Exception {
        List<Export> expected = new ArrayList<>();
        for (Message message : RecordedExports.messages("claude-code")) {
            Export export = Export.of(message);
            Signal signal = export instanceof Export.Logs
                    ? Signal.LOGS
                    : export instanceof Export.Traces ? Signal.TRACES : Signal.METRICS;
            Ended ended = call(signal, message.toByteArray(), gzip);
            assertTrue(ended.status().isOk(), ended.status().toString());
            assertEquals(0, ended.answer().length, "partial_success is unset");
            expected.add(export);
        }
        assertEquals(3, expected.size());
        assertEquals(expected, taken);
    }

    @Test
    void notDurableIsUnavailableWithRetryInfo() throws Exception {
        receipt = new Receipt.Later("the disk is full");
        Ended ended = call(Signal.LOGS, new byte[0], false);
        assertEquals(Status.Code.UNAVAILABLE, ended.status().getCode());
        byte[] details =
                ended.trailers().get(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER));
        assertTrue(new String(details, StandardCharsets.ISO_8859_1).contains("google.rpc.RetryInfo"));
    }

    @Test
    void undecodableIsAnInvalidArgument() throws Exception {
        Ended ended = call(Signal.TRACES, new byte[] {(byte) 0xff, 1, 2}, false);
        assertEquals(Status.Code.INVALID_ARGUMENT, ended.status().getCode());
    }

    @Test
    void tooLargeIsResourceExhaustedForGood() throws Exception {
        Ended plain = call(Signal.LOGS, new byte[(1 << 20) + 1], false);
        assertEquals(
                Status.Code.RESOURCE_EXHAUSTED,
                plain.status().getCode(),
                plain.status().toString());
        assertFalse(plain.trailers()
                .containsKey(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER)));
        assertEquals(List.of(), taken);
    }

    /** Two bytes become an object of hundreds. */
    @Test
    void fewBytesThatBecomeLargeObjectsAreTooLarge() throws Exception {
        byte[] many = new byte[1 << 19];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = 0x0a;
        }
        assertEquals(
                Status.Code.RESOURCE_EXHAUSTED,
                call(Signal.LOGS, many, true).status().getCode());
        assertEquals(List.of(), taken);
        // What it had is given back.
        for (int i = 0; i < 20; i++) {
            assertTrue(call(Signal.LOGS, new byte[0], false).status().isOk());
        }
    }

    /**
     * It is not even read to its end; either way no sender tries again. The stream is reset, and its connection may be of no
     * more use.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void farTooLargeAsSentOrDecompressedIsRefusedForGood(boolean gzip) throws Exception {
        Ended bomb = call(Signal.LOGS, new byte[32 << 20], gzip);
        assertTrue(
                Set.of(Status.Code.INTERNAL, Status.Code.RESOURCE_EXHAUSTED)
                        .contains(bomb.status().getCode()),
                bomb.status().toString());
        assertEquals(List.of(), taken);
    }

    @Test
    void whoCannotBeToldIsRefused() throws Exception {
        senders.set(null);
        assertEquals(
                Status.Code.PERMISSION_DENIED,
                call(Signal.LOGS, new byte[0], false).status().getCode());
        assertEquals(List.of(), taken);
    }

    @Test
    void moreConnectionsThanAllowedWaitForOneToEnd() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (Socket one = new Socket(loopback, receiver.port());
                Socket two = new Socket(loopback, receiver.port())) {
            CompletableFuture<Ended> third = CompletableFuture.supplyAsync(() -> {
                try {
                    return call(Signal.LOGS, new byte[0], false);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            one.close();
            assertTrue(third.get(60, TimeUnit.SECONDS).status().isOk());
            assertFalse(two.isClosed());
        }
    }
}
