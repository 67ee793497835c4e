package io.cordon.agent.telemetry;

import io.cordon.agent.os.AppendFile;
import io.cordon.agent.os.RecordLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A spool in segment files of one directory. Records are numbered for ever; a segment is named by the number of its first
 * record, and {@code position.log} says up to which number everything is acknowledged and how many were lost.
 *
 * <p>A small reserve file holds room back: when the disk fills up, the reserve is given up so that the runs under way can still
 * be recorded, and {@link #probe()} refuses new ones until it can be made again.
 */
public final class FileSpool implements Spool {
    /** A segment is closed once it has this many bytes; the unit in which space is given back. */
    static final int SEGMENT_BYTES = 1 << 20;

    static final int RESERVE_BYTES = 4 << 20;
    private static final String SUFFIX = ".seg";
    private static final int POSITION_LIMIT = 64 << 10;

    private final Path directory;
    private final AppendFile.Opener opener;
    private final long limit;
    private final int reserveBytes;
    private final RecordLog position;
    private final NavigableMap<Long, Segment> segments = new TreeMap<>();
    private @Nullable RecordLog active;
    /** Of {@link #active}; among the segments once it has a record. */
    private @Nullable Segment current;

    private long next;
    private long acknowledged;
    private long lost;

    /** What is known of a segment without reading it. */
    private static final class Segment {
        final Path file;
        long bytes;
        long last;
        long count;
        /** Damaged stretches, counted as lost as long as they are there. */
        long damaged;

        Segment(Path file) {
            this.file = file;
        }
    }

    private FileSpool(Path directory, AppendFile.Opener opener, long limit, int reserveBytes) throws IOException {
        this.directory = directory;
        this.opener = opener;
        this.limit = limit;
        this.reserveBytes = reserveBytes;
        this.position = RecordLog.open(directory.resolve("position.log"), opener);
    }

    /**
     * Opens the spool in an existing directory, cutting off what a crash left unfinished.
     *
     * @param limit bytes of records kept; above it the oldest segment is dropped and counted as lost
     */
    public static FileSpool open(Path directory, long limit) throws IOException {
        return open(directory, limit, AppendFile::onDisk, RESERVE_BYTES);
    }

    static FileSpool open(Path directory, long limit, AppendFile.Opener opener, int reserveBytes) throws IOException {
        FileSpool spool = new FileSpool(directory, opener, limit, reserveBytes);
        spool.load();
        return spool;
    }

    private synchronized void load() throws IOException {
        List<byte[]> positions = position.takeFound();
        if (!positions.isEmpty()) {
            ByteBuffer last = ByteBuffer.wrap(positions.get(positions.size() - 1));
            acknowledged = last.getLong();
            lost = last.getLong();
        }
        next = acknowledged;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                loadSegment(file);
            }
        }
        dropAcknowledged();
    }

    private void loadSegment(Path file) throws IOException {
        Segment segment = new Segment(file);
        try (RecordLog log = RecordLog.open(file, opener)) {
            for (byte[] record : log.takeFound()) {
                segment.last = numberOf(record);
                segment.count++;
            }
            segment.bytes = log.length();
            segment.damaged = log.damaged();
        }
        if (segment.count == 0) {
            lost += segment.damaged;
            Files.delete(file);
            return;
        }
        segments.put(firstOf(file), segment);
        next = Math.max(next, segment.last + 1);
    }

    private static long firstOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    private static long numberOf(byte[] record) {
        return ByteBuffer.wrap(record).getLong();
    }

    @Override
    public synchronized void append(byte[] record) throws IOException {
        if (record.length > MAX_RECORD) {
            throw new IllegalArgumentException("record: " + record.length + " bytes (expected: <= " + MAX_RECORD + ")");
        }
        byte[] numbered = ByteBuffer.allocate(Long.BYTES + record.length)
                .putLong(next)
                .put(record)
                .array();
        makeRoom(RecordLog.sizeOf(numbered.length));
        try {
            write(numbered);
        } catch (IOException e) {
            if (!Files.deleteIfExists(reserve())) {
                throw e;
            }
            write(numbered);
        }
        next++;
    }

    private void write(byte[] numbered) throws IOException {
        Segment segment = current;
        if (active == null || segment == null || segment.bytes >= SEGMENT_BYTES) {
            closeActive();
            Path file = directory.resolve(String.format("%016d%s", next, SUFFIX));
            Files.deleteIfExists(file);
            active = RecordLog.open(file, opener);
            segment = new Segment(file);
            current = segment;
        }
        active.append(numbered);
        segment.bytes = active.length();
        segment.last = next;
        segment.count++;
        segments.putIfAbsent(firstOf(segment.file), segment);
    }

    private void closeActive() throws IOException {
        if (active != null) {
            active.close();
            active = null;
            current = null;
        }
    }

    /** Drops the oldest segments until the new record fits under the limit. */
    private void makeRoom(long coming) throws IOException {
        while (!segments.isEmpty() && totalBytes() + coming > limit) {
            Segment oldest = segments.firstEntry().getValue();
            for (byte[] record : RecordLog.read(oldest.file)) {
                lost += numberOf(record) >= acknowledged ? 1 : 0;
            }
            forgetDamage(oldest);
            if (segments.size() == 1) {
                closeActive();
            }
            acknowledged = Math.max(acknowledged, oldest.last + 1);
            writePosition();
            segments.pollFirstEntry();
            Files.deleteIfExists(oldest.file);
        }
    }

    private long totalBytes() {
        return segments.values().stream().mapToLong(s -> s.bytes).sum();
    }

    private Path reserve() {
        return directory.resolve("reserve");
    }

    @Override
    public synchronized void probe() throws IOException {
        Path reserve = reserve();
        if (Files.exists(reserve) && Files.size(reserve) == reserveBytes) {
            return;
        }
        try (AppendFile file = opener.open(reserve)) {
            // Real bytes, not a hole: only those are there when they are needed.
            file.write(0, new byte[reserveBytes]);
            file.sync();
        } catch (IOException e) {
            Files.deleteIfExists(reserve);
            throw new IOException(
                    "the record of a run cannot be kept: " + directory + " has no room left for " + reserveBytes / 1024
                            + " KiB (" + e.getMessage() + "); free space on that disk",
                    e);
        }
    }

    @Override
    public synchronized Batch read(int maxRecords, long maxBytes) throws IOException {
        List<byte[]> records = new ArrayList<>();
        long bytes = 0;
        long end = acknowledged;
        for (Segment segment : segments.values()) {
            for (byte[] record : RecordLog.read(segment.file)) {
                long number = numberOf(record);
                if (number < acknowledged) {
                    continue;
                }
                int length = record.length - Long.BYTES;
                if (!records.isEmpty() && (records.size() >= maxRecords || bytes + length > maxBytes)) {
                    return new Batch(records, end);
                }
                byte[] payload = new byte[length];
                System.arraycopy(record, Long.BYTES, payload, 0, length);
                records.add(payload);
                bytes += length;
                end = number + 1;
            }
        }
        return new Batch(records, end);
    }

    @Override
    public synchronized void acknowledge(Batch batch) throws IOException {
        if (batch.end() <= acknowledged) {
            return;
        }
        acknowledged = Math.min(batch.end(), next);
        segments.values().stream().filter(each -> each.last < acknowledged).forEach(this::forgetDamage);
        writePosition();
        dropAcknowledged();
    }

    private void writePosition() throws IOException {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(acknowledged)
                .putLong(lost)
                .array();
        if (position.length() > POSITION_LIMIT) {
            position.rewrite(List.of(bytes));
        } else {
            position.append(bytes);
        }
    }

    /** From now on it is part of the count that is kept. */
    private void forgetDamage(Segment segment) {
        lost += segment.damaged;
        segment.damaged = 0;
    }

    private void dropAcknowledged() throws IOException {
        while (!segments.isEmpty() && segments.firstEntry().getValue().last < acknowledged) {
            if (segments.size() == 1) {
                closeActive();
            }
            Files.deleteIfExists(segments.pollFirstEntry().getValue().file);
        }
    }

    @Override
    public synchronized Stats stats() {
        long records = 0;
        long bytes = 0;
        long damaged = 0;
        for (Segment segment : segments.values()) {
            // The one segment the position may lie in counts by its numbers; a damaged record in it is already in lost.
            records += Math.min(segment.count, Math.max(0, segment.last + 1 - acknowledged));
            bytes += segment.bytes;
            damaged += segment.damaged;
        }
        return new Stats(records, bytes, lost + damaged);
    }

    @Override
    public synchronized void close() {
        try {
            closeActive();
            position.close();
        } catch (IOException e) {
            // Every append was already on the disk.
            System.getLogger(FileSpool.class.getName()).log(System.Logger.Level.DEBUG, "closing the spool", e);
        }
    }
}
