package io.cordon.server.telemetry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows in PostgreSQL's binary COPY format (documentation of COPY, "Binary Format"): big endian, each field with its length, -1
 * for null. About twice as fast to load as text.
 */
final class BinaryCopy {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    /** Timestamps count microseconds from 2000-01-01. */
    private static final long EPOCH_SECONDS = 946_684_800L;

    private static final int JSONB_VERSION = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final int columns;

    BinaryCopy(int columns) throws IOException {
        this.columns = columns;
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
    }

    void startRow() throws IOException {
        out.writeShort(columns);
    }

    void text(@Nullable String value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else {
            bytes(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    void bytes(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    void jsonb(String json) throws IOException {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        out.writeInt(value.length + 1);
        out.writeByte(JSONB_VERSION);
        out.write(value);
    }

    void uuid(@Nullable UUID value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(16);
            out.writeLong(value.getMostSignificantBits());
            out.writeLong(value.getLeastSignificantBits());
        }
    }

    void int2(int value) throws IOException {
        out.writeInt(2);
        out.writeShort(value);
    }

    void int4(@Nullable Integer value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(4);
            out.writeInt(value);
        }
    }

    void int8(@Nullable Long value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(8);
            out.writeLong(value);
        }
    }

    void bool(@Nullable Boolean value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(1);
            out.writeByte(value ? 1 : 0);
        }
    }

    void timestamp(Instant value) throws IOException {
        out.writeInt(8);
        out.writeLong((value.getEpochSecond() - EPOCH_SECONDS) * 1_000_000 + value.getNano() / 1_000);
    }

    /** Everything written so far, with the trailer. */
    InputStream finish() throws IOException {
        out.writeShort(-1);
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
