package io.cordon.agent.telemetry;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The reference: a spool that lasts as long as the process. */
public final class MemorySpool implements Spool {
    private final long limit;
    private final Deque<byte[]> records = new ArrayDeque<>();
    private long first;
    private long bytes;
    private long lost;
    private boolean full;

    public MemorySpool(long limit) {
        this.limit = limit;
    }

    /** Lets appends and probes fail as on a full disk. */
    public synchronized void setFull(boolean full) {
        this.full = full;
    }

    @Override
    public synchronized void append(byte[] record) throws IOException {
        if (record.length > MAX_RECORD) {
            throw new IllegalArgumentException("record: " + record.length + " bytes (expected: <= " + MAX_RECORD + ")");
        }
        probe();
        while (!records.isEmpty() && bytes + record.length > limit) {
            removeFirst();
            lost++;
        }
        records.add(record.clone());
        bytes += record.length;
    }

    private void removeFirst() {
        bytes -= records.removeFirst().length;
        first++;
    }

    @Override
    public synchronized void probe() throws IOException {
        if (full) {
            throw new IOException("the record of a run cannot be kept: memory is full");
        }
    }

    @Override
    public synchronized Batch read(int maxRecords, long maxBytes) {
        List<byte[]> batch = new ArrayList<>();
        long size = 0;
        for (byte[] record : records) {
            if (!batch.isEmpty() && (batch.size() >= maxRecords || size + record.length > maxBytes)) {
                break;
            }
            batch.add(record.clone());
            size += record.length;
        }
        return new Batch(batch, first + batch.size());
    }

    @Override
    public synchronized void acknowledge(Batch batch) {
        while (!records.isEmpty() && first < batch.end()) {
            removeFirst();
        }
    }

    @Override
    public synchronized Stats stats() {
        return new Stats(records.size(), bytes, lost);
    }

    @Override
    public void close() {}
}
