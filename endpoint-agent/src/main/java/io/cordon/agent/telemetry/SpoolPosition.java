package io.cordon.agent.telemetry;

import io.cordon.agent.os.AppendFile;
import io.cordon.agent.os.RecordLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Up to which number everything is acknowledged, and how many records were lost: 8 bytes each, big-endian, the last record of
 * {@code position.log}. A change counts at once and is on the disk from {@link #write} on. Not safe for concurrent use.
 */
final class SpoolPosition {
    /** The log is begun anew above this. */
    private static final int LIMIT = 64 << 10;

    private final RecordLog log;
    private long acknowledged;
    private long lost;

    private SpoolPosition(RecordLog log) {
        this.log = log;
    }

    static SpoolPosition open(Path directory, AppendFile.Opener opener) throws IOException {
        SpoolPosition position = new SpoolPosition(RecordLog.open(directory.resolve("position.log"), opener));
        List<byte[]> found = position.log.takeFound();
        if (!found.isEmpty()) {
            ByteBuffer last = ByteBuffer.wrap(found.get(found.size() - 1));
            position.acknowledged = last.getLong();
            position.lost = last.getLong();
        }
        return position;
    }

    /** Number of the first record that is not acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    long lost() {
        return lost;
    }

    void acknowledge(long end) {
        acknowledged = Math.max(acknowledged, end);
    }

    void lose(long records) {
        lost += records;
    }

    void write() throws IOException {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(acknowledged)
                .putLong(lost)
                .array();
        if (log.length() > LIMIT) {
            log.rewrite(List.of(bytes));
        } else {
            log.append(bytes);
        }
    }

    void close() throws IOException {
        log.close();
    }
}
