package io.cordon.agent.telemetry;

import io.cordon.agent.os.AppendFile;
import io.cordon.agent.os.RecordLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What is known of one segment file of a {@link FileSpool} without reading it. A record in it begins with its number, 8 bytes. */
final class SpoolSegment {
    static final String SUFFIX = ".seg";

    final Path file;
    long bytes;
    /** Number of its last record. */
    long last;

    long count;
    /** Damaged stretches, counted as lost as long as they are there. */
    long damaged;

    SpoolSegment(Path file) {
        this.file = file;
    }

    /** Reads the file once, cutting off what a crash left unfinished. */
    static SpoolSegment load(Path file, AppendFile.Opener opener) throws IOException {
        SpoolSegment segment = new SpoolSegment(file);
        try (RecordLog log = RecordLog.open(file, opener)) {
            for (byte[] record : log.takeFound()) {
                segment.last = numberOf(record);
                segment.count++;
            }
            segment.bytes = log.length();
            segment.damaged = log.damaged();
        }
        return segment;
    }

    /** @param first number of its first record */
    static Path file(Path directory, long first) {
        return directory.resolve(String.format("%016d%s", first, SUFFIX));
    }

    /** Number of its first record. */
    long first() {
        String name = String.valueOf(file.getFileName());
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    static byte[] numbered(long number, byte[] record) {
        return ByteBuffer.allocate(Long.BYTES + record.length)
                .putLong(number)
                .put(record)
                .array();
    }

    static long numberOf(byte[] numbered) {
        return ByteBuffer.wrap(numbered).getLong();
    }

    /** The record without its number. */
    static byte[] payloadOf(byte[] numbered) {
        byte[] payload = new byte[numbered.length - Long.BYTES];
        System.arraycopy(numbered, Long.BYTES, payload, 0, payload.length);
        return payload;
    }
}
