package io.cordon.server.telemetry;

import io.cordon.server.telemetry.OtlpFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a body within its limits: as sent, decompressed, and of the node (O1, O9, O12). */
final class OtlpBody {
    private final long maxBody;
    private final long maxDecompressed;

    OtlpBody(long maxBody, long maxDecompressed) {
        this.maxBody = maxBody;
        this.maxDecompressed = maxDecompressed;
    }

    byte[] read(InputStream sent, @Nullable String encoding, IngestBudget.Lease lease) throws OtlpFailure {
        Counted counted = new Counted(sent, maxBody);
        String coding = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        try {
            return switch (coding) {
                case "identity", "none", "" -> drain(counted, lease);
                case "gzip" -> drain(new GZIPInputStream(counted, 1 << 14), lease);
                default ->
                    throw new OtlpFailure(
                            Kind.UNSUPPORTED, "Content-Encoding: " + coding + " (expected: gzip or none)");
            };
        } catch (TooLarge e) {
            throw tooLarge("body", maxBody);
        } catch (IOException e) {
            throw new OtlpFailure(Kind.UNDECODABLE, "body: not complete " + coding + " (" + e.getMessage() + ")");
        }
    }

    private byte[] drain(InputStream in, IngestBudget.Lease lease) throws IOException, OtlpFailure {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
        byte[] buffer = new byte[1 << 14];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            long total = (long) out.size() + read;
            if (total > maxDecompressed) {
                throw tooLarge("decompressed body", maxDecompressed);
            }
            if (!lease.growTo(total)) {
                throw new OtlpFailure(Kind.OVERLOADED, "the server holds as much telemetry as it may: try again later");
            }
            out.write(buffer, 0, read);
        }
        return out.toByteArray();
    }

    private static OtlpFailure tooLarge(String what, long limit) {
        return new OtlpFailure(Kind.TOO_LARGE, what + ": more than " + limit + " bytes (send smaller batches)");
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
