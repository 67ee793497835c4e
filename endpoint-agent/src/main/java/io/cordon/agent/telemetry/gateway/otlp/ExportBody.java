package io.cordon.agent.telemetry.gateway.otlp;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the body of an HTTP request within its limits, as sent and decompressed (O1, O9). */
final class ExportBody {
    private static final int CHUNK = 1 << 14;

    private final ReceiverLimits limits;
    private final InFlight inFlight;

    ExportBody(ReceiverLimits limits) {
        this.limits = limits;
        this.inFlight = new InFlight(limits.inFlightBytes());
    }

    InFlight inFlight() {
        return inFlight;
    }

    InFlight.Lease lease() {
        return inFlight.lease();
    }

    byte[] read(InputStream sent, @Nullable String encoding, InFlight.Lease lease) throws OtlpException {
        InputStream counted = new Counted(sent, limits.bodyBytes());
        String coding = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        try {
            return switch (coding) {
                case "identity", "none", "" -> drain(counted, lease);
                case "gzip" -> drain(new GZIPInputStream(counted, CHUNK), lease);
                default ->
                    throw new OtlpException(
                            Receipt.Reason.UNSUPPORTED, "Content-Encoding: " + coding + " (expected: gzip or none)");
            };
        } catch (TooLarge e) {
            throw tooLarge("body", limits.bodyBytes());
        } catch (IOException e) {
            throw new OtlpException(
                    Receipt.Reason.UNDECODABLE, "body: not complete " + coding + " (" + e.getMessage() + ")");
        }
    }

    private byte[] drain(InputStream in, InFlight.Lease lease) throws IOException, OtlpException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK);
        byte[] buffer = new byte[CHUNK];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            long total = (long) out.size() + read;
            if (total > limits.decompressedBytes()) {
                throw tooLarge("decompressed body", limits.decompressedBytes());
            }
            // Twice, since it is copied as it grows.
            if (!lease.growTo(2 * total)) {
                throw new OtlpException(InFlight.FULL);
            }
            out.write(buffer, 0, read);
        }
        return out.toByteArray();
    }

    private static OtlpException tooLarge(String what, int limit) {
        return new OtlpException(
                Receipt.Reason.TOO_LARGE, what + ": more than " + limit + " bytes (expected: smaller batches)");
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Counts what comes over the wire, whatever the request says of its length. */
    private static final class Counted extends FilterInputStream {
        private long left;

        Counted(InputStream in, long limit) {
            super(in);
            left = limit;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws TooLarge {
            left -= read;
            if (left < 0) {
                throw new TooLarge();
            }
        }
    }
}
