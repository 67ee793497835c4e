package io.cordon.agent.telemetry;

import java.io.IOException;
import java.util.List;

/**
 * Where records wait, durably and in order, until the server has acknowledged them. Records are dropped (oldest first) only
 * when the configured limit is reached, and each dropped one is counted. Safe for concurrent use; one uploader at a time.
 *
 * <p>Each record is one serialized OTLP export request, all of one spool of the same signal. Because concatenated protobuf messages merge, the
 * bytes of a batch's records written one after the other are again one valid request.
 */
public interface Spool extends AutoCloseable {
    /** Largest record, in bytes. */
    int MAX_RECORD = 1 << 20;

    /**
     * Appends one record; when this returns, the record survives a crash of the machine.
     *
     * @throws IOException the disk is full or broken; the record is then not in the spool, and everything before it still is
     */
    void append(byte[] record) throws IOException;

    /**
     * Whether a record can be written now, found by trying; a run that could not be recorded must not start.
     *
     * @throws IOException with a message that names the directory and what to do
     */
    void probe() throws IOException;

    /** The oldest records that are not acknowledged: at most {@code maxRecords}, at least one if there is any. */
    Batch read(int maxRecords, long maxBytes) throws IOException;

    /** The server has everything up to and including this batch. Acknowledging twice, or an older batch, does nothing. */
    void acknowledge(Batch batch) throws IOException;

    Stats stats();

    @Override
    void close();

    /**
     * @param end opaque position after the last record
     */
    record Batch(List<byte[]> records, long end) {
        public Batch {
            records = List.copyOf(records);
        }

        public boolean isEmpty() {
            return records.isEmpty();
        }
    }

    /**
     * @param records waiting
     * @param bytes waiting
     * @param lost dropped at the limit or found unreadable since the spool was made
     */
    record Stats(long records, long bytes, long lost) {}
}
