package io.cordon.agent.telemetry;

import io.cordon.agent.os.AppendFile;
import io.cordon.agent.os.RecordLog;
import java.io.IOException;
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

    private final Path directory;
    private final AppendFile.Opener opener;
    private final long limit;
    private final SpoolReserve reserve;
    private final SpoolPosition position;
    private final NavigableMap<Long, SpoolSegment> segments = new TreeMap<>();
    private @Nullable RecordLog active;
    /** Of {@link #active}; among the segments once it has a record. */
    private @Nullable SpoolSegment current;

    private long next;

    private FileSpool(Path directory, AppendFile.Opener opener, long limit, int reserveBytes) throws IOException {
        this.directory = directory;
        this.opener = opener;
        this.limit = limit;
        this.reserve = new SpoolReserve(directory, opener, reserveBytes);
        this.position = SpoolPosition.open(directory, opener);
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
        next = position.acknowledged();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SpoolSegment.SUFFIX)) {
            for (Path file : files) {
                loadSegment(file);
            }
        }
        dropAcknowledged();
    }

    private void loadSegment(Path file) throws IOException {
        SpoolSegment segment = SpoolSegment.load(file, opener);
        if (segment.count == 0) {
            position.lose(segment.damaged);
            Files.delete(file);
            return;
        }
        segments.put(segment.first(), segment);
        next = Math.max(next, segment.last + 1);
    }

    @Override
    public synchronized void append(byte[] record) throws IOException {
        if (record.length > MAX_RECORD) {
            throw new IllegalArgumentException("record: " + record.length + " bytes (expected: <= " + MAX_RECORD + ")");
        }
        byte[] numbered = SpoolSegment.numbered(next, record);
        makeRoom(RecordLog.sizeOf(numbered.length));
        try {
            write(numbered);
        } catch (IOException e) {
            if (!reserve.giveUp()) {
                throw e;
            }
            write(numbered);
        }
        next++;
    }

    private void write(byte[] numbered) throws IOException {
        SpoolSegment segment = current;
        if (active == null || segment == null || segment.bytes >= SEGMENT_BYTES) {
            closeActive();
            Path file = SpoolSegment.file(directory, next);
            Files.deleteIfExists(file);
            active = RecordLog.open(file, opener);
            segment = new SpoolSegment(file);
            current = segment;
        }
        active.append(numbered);
        segment.bytes = active.length();
        segment.last = next;
        segment.count++;
        segments.putIfAbsent(segment.first(), segment);
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
            SpoolSegment oldest = segments.firstEntry().getValue();
            for (byte[] record : RecordLog.read(oldest.file)) {
                position.lose(SpoolSegment.numberOf(record) >= position.acknowledged() ? 1 : 0);
            }
            forgetDamage(oldest);
            if (segments.size() == 1) {
                closeActive();
            }
            position.acknowledge(oldest.last + 1);
            position.write();
            segments.pollFirstEntry();
            Files.deleteIfExists(oldest.file);
        }
    }

    private long totalBytes() {
        return segments.values().stream().mapToLong(s -> s.bytes).sum();
    }

    @Override
    public synchronized void probe() throws IOException {
        reserve.hold();
    }

    @Override
    public synchronized Batch read(int maxRecords, long maxBytes) throws IOException {
        List<byte[]> records = new ArrayList<>();
        long bytes = 0;
        long end = position.acknowledged();
        for (SpoolSegment segment : segments.values()) {
            for (byte[] record : RecordLog.read(segment.file)) {
                long number = SpoolSegment.numberOf(record);
                if (number < position.acknowledged()) {
                    continue;
                }
                byte[] payload = SpoolSegment.payloadOf(record);
                if (!records.isEmpty() && (records.size() >= maxRecords || bytes + payload.length > maxBytes)) {
                    return new Batch(records, end);
                }
                records.add(payload);
                bytes += payload.length;
                end = number + 1;
            }
        }
        return new Batch(records, end);
    }

    @Override
    public synchronized void acknowledge(Batch batch) throws IOException {
        if (batch.end() <= position.acknowledged()) {
            return;
        }
        position.acknowledge(Math.min(batch.end(), next));
        segments.values().stream()
                .filter(each -> each.last < position.acknowledged())
                .forEach(this::forgetDamage);
        position.write();
        dropAcknowledged();
    }

    /** From now on it is part of the count that is kept. */
    private void forgetDamage(SpoolSegment segment) {
        position.lose(segment.damaged);
        segment.damaged = 0;
    }

    private void dropAcknowledged() throws IOException {
        while (!segments.isEmpty() && segments.firstEntry().getValue().last < position.acknowledged()) {
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
        for (SpoolSegment segment : segments.values()) {
            // The one segment the position may lie in counts by its numbers; a damaged record in it is already in lost.
            records += Math.min(segment.count, Math.max(0, segment.last + 1 - position.acknowledged()));
            bytes += segment.bytes;
            damaged += segment.damaged;
        }
        return new Stats(records, bytes, position.lost() + damaged);
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
