package io.cordon.agent.telemetry.gateway.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes of memory that all requests together take. */
final class InFlight {
    static final Receipt.Later FULL = new Receipt.Later("the agent holds as much telemetry as it may: try again");

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    InFlight(long limit) {
        this.limit = limit;
    }

    /** The share of one request. */
    final class Lease implements AutoCloseable {
        private long held;

        /** False when all together would take too much. */
        boolean growTo(long bytes) {
            long more = Math.max(0, bytes - held);
            if (used.addAndGet(more) > limit) {
                used.addAndGet(-more);
                return false;
            }
            held += more;
            return true;
        }

        @Override
        public void close() {
            used.addAndGet(-held);
            held = 0;
        }
    }

    /**
     * Has a request count with what it takes once parsed.
     *
     * @throws OtlpException when that is more than one may take, or all together
     * @throws InvalidProtocolBufferException when it is no export
     */
    void reckon(byte[] bytes, boolean json, Signal signal, Lease lease)
            throws OtlpException, InvalidProtocolBufferException {
        long weight = json
                ? ExportWeight.ofJson(bytes, limit)
                : ExportWeight.ofProtobuf(bytes, signal.empty().getDescriptorForType(), limit);
        if (weight > limit) {
            throw new OtlpException(
                    Receipt.Reason.TOO_LARGE,
                    "export: more than " + limit + " bytes of memory once it is read (expected: smaller batches)");
        }
        if (!lease.growTo(weight)) {
            throw new OtlpException(FULL);
        }
    }

    Lease lease() {
        return new Lease();
    }
}
