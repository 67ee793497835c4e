package io.cordon.server.telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.cordon.server.telemetry.OtlpFailure.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** From a body to durable rows. Returns only after the commit; whoever acknowledges may do so then (I-7). */
@ApplicationScoped
class OtlpReceiver {
    private static final Logger LOG = Logger.getLogger(OtlpReceiver.class);

    /** What makes rows of a decoded message. */
    interface Decoder<M> {
        Decoded decode(M message, RowTime time);
    }

    private final TelemetryStore store;
    private final TelemetryConfig config;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final IngestBudget budget;
    private final OtlpBody body;

    OtlpReceiver(TelemetryStore store, TelemetryConfig config, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        this.config = config;
        this.clock = clock;
        this.meters = meters;
        this.budget = new IngestBudget(config.inFlight().asLongValue());
        this.body = new OtlpBody(
                config.maxBody().asLongValue(), config.maxDecompressed().asLongValue());
        meters.gauge("cordon.telemetry.in.flight.bytes", budget, IngestBudget::held);
    }

    /**
     * Receives one request.
     *
     * @param encoding Content-Encoding as sent
     * @param empty builder of the message to parse
     */
    <B extends Message.Builder> Decoded receive(
            InputStream sent, @Nullable String encoding, OtlpFormat format, B empty, Decoder<B> decoder)
            throws OtlpFailure {
        try (IngestBudget.Lease lease = budget.lease()) {
            byte[] bytes = body.read(sent, encoding, lease);
            parse(bytes, format, empty);
            Decoded decoded = decoder.decode(empty, new RowTime(clock.instant(), config.retention()));
            append(decoded.batch());
            count(decoded);
            return decoded;
        } catch (OtlpFailure failure) {
            meters.counter(
                            "cordon.telemetry.refused",
                            "status",
                            Integer.toString(failure.kind().httpStatus()))
                    .increment();
            throw failure;
        }
    }

    private static void parse(byte[] bytes, OtlpFormat format, Message.Builder into) throws OtlpFailure {
        try {
            switch (format) {
                case JSON -> OtlpJson.parse(bytes, into);
                case PROTOBUF -> into.mergeFrom(bytes);
            }
        } catch (InvalidProtocolBufferException e) {
            throw new OtlpFailure(Kind.UNDECODABLE, "body: not an OTLP export request (" + e.getMessage() + ")");
        }
    }

    private void append(TelemetryBatch batch) throws OtlpFailure {
        try {
            store.append(batch);
        } catch (TelemetryUnavailableException e) {
            LOG.warnf(e, "telemetry was not stored, its sender keeps it");
            throw new OtlpFailure(Kind.OVERLOADED, "the telemetry could not be stored now: keep it and try again");
        } catch (TelemetryRefusedException e) {
            LOG.errorf(e, "telemetry that can never be stored was refused");
            throw new OtlpFailure(Kind.UNDECODABLE, "the telemetry holds a value that cannot be stored");
        }
    }

    private void count(Decoded decoded) {
        meters.counter("cordon.telemetry.spans")
                .increment(decoded.batch().spans().size());
        meters.counter("cordon.telemetry.logs").increment(decoded.batch().logs().size());
        meters.counter("cordon.telemetry.rejected").increment(decoded.rejected());
    }
}
