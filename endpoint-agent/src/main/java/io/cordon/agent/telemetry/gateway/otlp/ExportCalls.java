package io.cordon.agent.telemetry.gateway.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.cordon.agent.os.SenderIdentity;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The one method of each OTLP service: takes a request and answers once it is durable (O14). */
final class ExportCalls implements ServerCallHandler<ExportCalls.Request, Message> {
    private static final int RETRY_SECONDS = 5;
    /** google.rpc.Status with a RetryInfo, as gRPC carries it. */
    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

    /** @param tooLarge when decompressing it went beyond what the transport allows; then without bytes */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Request(byte[] bytes, boolean tooLarge) {}

    private final Signal signal;
    private final int mostBytes;
    private final InFlight inFlight;
    private final SenderIdentity senders;
    private final ExportSink sink;

    ExportCalls(Signal signal, int mostBytes, InFlight inFlight, SenderIdentity senders, ExportSink sink) {
        this.signal = signal;
        this.mostBytes = mostBytes;
        this.inFlight = inFlight;
        this.senders = senders;
        this.sink = sink;
    }

    @Override
    public ServerCall.Listener<Request> startCall(ServerCall<Request, Message> call, Metadata headers) {
        InFlight.Lease lease = inFlight.lease();
        // Before anything is taken off the wire, for all that may come.
        if (!lease.growTo(2L * mostBytes)) {
            answer(call, InFlight.FULL);
            return new ServerCall.Listener<>() {};
        }
        call.request(2);
        return new ServerCall.Listener<>() {
            private @Nullable Request request;

            @Override
            public void onMessage(Request message) {
                request = message;
            }

            @Override
            public void onHalfClose() {
                Request whole = request;
                if (whole == null) {
                    call.close(Status.INVALID_ARGUMENT.withDescription("no message (expected: one)"), new Metadata());
                } else {
                    request = null;
                    answer(call, receive(call, whole, lease));
                }
            }

            @Override
            public void onComplete() {
                lease.close();
            }

            @Override
            public void onCancel() {
                lease.close();
            }
        };
    }

    private Receipt receive(ServerCall<Request, Message> call, Request request, InFlight.Lease lease) {
        if (request.tooLarge() || request.bytes().length > mostBytes) {
            return new Receipt.Refused(
                    Receipt.Reason.TOO_LARGE, "message: more than " + mostBytes + " bytes (expected: smaller batches)");
        }
        SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        SocketAddress here = call.getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR);
        if (!(peer instanceof InetSocketAddress from)
                || !(here instanceof InetSocketAddress to)
                || !(senders.of(from, to) instanceof SenderIdentity.Lookup.Known known)) {
            return new Receipt.Refused(Receipt.Reason.FORBIDDEN, "the sender cannot be told");
        }
        try {
            inFlight.reckon(request.bytes(), false, signal, lease);
            return sink.take(Export.of(signal.empty().getParserForType().parseFrom(request.bytes())), known.sender());
        } catch (OtlpException e) {
            return e.receipt();
        } catch (InvalidProtocolBufferException e) {
            return new Receipt.Refused(
                    Receipt.Reason.UNDECODABLE, "not an OTLP export request (" + e.getMessage() + ")");
        }
    }

    private void answer(ServerCall<Request, Message> call, Receipt receipt) {
        if (receipt instanceof Receipt.Taken taken) {
            call.sendHeaders(new Metadata());
            call.sendMessage(signal.answer(taken));
            call.close(Status.OK, new Metadata());
        } else if (receipt instanceof Receipt.Later later) {
            Metadata details = new Metadata();
            details.put(DETAILS, retryInfo(later.why()));
            call.close(Status.UNAVAILABLE.withDescription(StatusBody.shorten(later.why())), details);
        } else if (receipt instanceof Receipt.Refused refused) {
            Status status = Status.fromCodeValue(refused.reason().rpcCode());
            call.close(status.withDescription(StatusBody.shorten(refused.why())), new Metadata());
        }
    }

    /** RetryInfo: retry_delay = 1, a Duration with seconds = 1; in an Any (type_url = 1, value = 2) as the Status' detail. */
    private static byte[] retryInfo(String why) {
        ByteString delay = number(1, RETRY_SECONDS);
        ByteString info =
                UnknownFieldSet.newBuilder().addField(1, bytes(delay)).build().toByteString();
        ByteString any = UnknownFieldSet.newBuilder()
                .addField(1, bytes(ByteString.copyFromUtf8(RETRY_INFO)))
                .addField(2, bytes(info))
                .build()
                .toByteString();
        return UnknownFieldSet.newBuilder()
                .addField(
                        1,
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(Status.Code.UNAVAILABLE.value())
                                .build())
                .addField(2, bytes(ByteString.copyFromUtf8(StatusBody.shorten(why))))
                .addField(3, bytes(any))
                .build()
                .toByteArray();
    }

    private static ByteString number(int field, long value) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        field,
                        UnknownFieldSet.Field.newBuilder().addVarint(value).build())
                .build()
                .toByteString();
    }

    private static UnknownFieldSet.Field bytes(ByteString value) {
        return UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
    }
}
