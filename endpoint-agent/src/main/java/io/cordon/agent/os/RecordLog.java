package io.cordon.agent.os;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * An append-only file of checked records, the ground that ledger, run journal and spool stand on.
 *
 * <p>A record is {@code mark(4) length(4) crc32c(4) payload}, little-endian; the checksum covers length and payload. A crash
 * may leave part of the last record: opening cuts it off. Damage in the middle loses the damaged record only: reading goes on
 * at the next mark with a good checksum, and counts what it skipped. Not safe for concurrent use; its owners lock.
 */
public final class RecordLog implements Closeable {
    /** Longest payload, in bytes. */
    public static final int MAX_PAYLOAD = 2 << 20;

    static final int HEADER = 12;
    private static final int MARK = 0x31C0_7D0C;

    private final Path path;
    private final AppendFile.Opener opener;
    private final List<byte[]> found;
    private final int damaged;
    private AppendFile file;
    private long end;
    private boolean torn;

    private RecordLog(Path path, AppendFile.Opener opener, AppendFile file, List<byte[]> found, int damaged, long end) {
        this.path = path;
        this.opener = opener;
        this.file = file;
        this.found = found;
        this.damaged = damaged;
        this.end = end;
    }

    public static RecordLog open(Path path) throws IOException {
        return open(path, AppendFile::onDisk);
    }

    /** Opens the log, reads what it holds and cuts off an unfinished record at the end. */
    public static RecordLog open(Path path, AppendFile.Opener opener) throws IOException {
        AppendFile file = opener.open(path);
        try {
            byte[] bytes = file.readAll();
            Scan scan = Scan.of(bytes);
            if (scan.end() < bytes.length) {
                file.truncate(scan.end());
                file.sync();
            }
            return new RecordLog(path, opener, file, scan.records(), scan.damaged(), scan.end());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The records of a log that someone may be appending to; what is not whole is left out. */
    public static List<byte[]> read(Path path) throws IOException {
        return Scan.of(Files.readAllBytes(path)).records();
    }

    private record Scan(List<byte[]> records, int damaged, int end) {
        static Scan of(byte[] all) {
            ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
            List<byte[]> records = new ArrayList<>();
            int damaged = 0;
            int end = 0;
            int position = 0;
            while (position + HEADER <= bytes.limit()) {
                int length = payloadAt(bytes, position);
                if (length < 0) {
                    position++;
                    continue;
                }
                if (position > end) {
                    damaged++;
                }
                byte[] payload = new byte[length];
                bytes.get(position + HEADER, payload);
                records.add(payload);
                position += HEADER + length;
                end = position;
            }
            return new Scan(records, damaged, end);
        }
    }

    /** Length of the good record at the position, or -1. */
    private static int payloadAt(ByteBuffer bytes, int position) {
        if (bytes.getInt(position) != MARK) {
            return -1;
        }
        int length = bytes.getInt(position + 4);
        if (length < 0 || length > MAX_PAYLOAD || length > bytes.limit() - position - HEADER) {
            return -1;
        }
        return bytes.getInt(position + 8) == checksum(bytes.array(), position + HEADER, length) ? length : -1;
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .flip());
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** The records found at opening, in order; gives up its hold on them, so call it once. */
    public List<byte[]> takeFound() {
        List<byte[]> records = List.copyOf(found);
        found.clear();
        return records;
    }

    /** How many damaged stretches were skipped at opening. */
    public int damaged() {
        return damaged;
    }

    /** Bytes of whole records. */
    public long length() {
        return end;
    }

    /** Bytes a payload takes in the file. */
    public static long sizeOf(int payload) {
        return HEADER + (long) payload;
    }

    /** Appends, and returns when the record is on the disk. On an error the log is as it was before. */
    public void append(byte[] payload) throws IOException {
        write(payload, true);
    }

    /** Appends without waiting for the disk: survives the end of this process, not that of the machine. */
    public void appendUnsynced(byte[] payload) throws IOException {
        write(payload, false);
    }

    private void write(byte[] payload, boolean sync) throws IOException {
        if (payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "record: " + payload.length + " bytes (expected: <= " + MAX_PAYLOAD + ")");
        }
        cutTorn();
        byte[] record = ByteBuffer.allocate(HEADER + payload.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MARK)
                .putInt(payload.length)
                .putInt(checksum(payload, 0, payload.length))
                .put(payload)
                .array();
        torn = true;
        try {
            file.write(end, record);
            if (sync) {
                file.sync();
            }
            torn = false;
            end += record.length;
        } catch (IOException e) {
            try {
                cutTorn();
            } catch (IOException again) {
                // The tail is cut before the next append, or at the next opening.
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private void cutTorn() throws IOException {
        if (torn) {
            file.truncate(end);
            torn = false;
        }
    }

    /**
     * Replaces the whole content. A crash on the way leaves the old log or the new one, both whole. Neither is open while the
     * one takes the other's place, which Windows would refuse.
     */
    public void rewrite(List<byte[]> records) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (RecordLog log = open(fresh, opener)) {
            for (byte[] record : records) {
                log.appendUnsynced(record);
            }
            log.file.sync();
        }
        file.close();
        try {
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.syncDirectory(path.toAbsolutePath().getParent());
        } finally {
            // Old or new, whichever is there; what was torn is cut off. Should this fail, the log stays closed and
            // refuses.
            RecordLog there = open(path, opener);
            file = there.file;
            end = there.end;
            torn = false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
