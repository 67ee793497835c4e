package io.cordon.agent.telemetry.upload;

import io.cordon.agent.telemetry.Spool;
import java.io.IOException;

/** A spool that says so whenever something was appended, so that a run is at the server within a second. */
public final class WakingSpool implements Spool {
    private final Spool spool;
    private final Runnable appended;

    public WakingSpool(Spool spool, Runnable appended) {
        this.spool = spool;
        this.appended = appended;
    }

    @Override
    public void append(byte[] record) throws IOException {
        spool.append(record);
        appended.run();
    }

    @Override
    public void probe() throws IOException {
        spool.probe();
    }

    @Override
    public Batch read(int maxRecords, long maxBytes) throws IOException {
        return spool.read(maxRecords, maxBytes);
    }

    @Override
    public void acknowledge(Batch batch) throws IOException {
        spool.acknowledge(batch);
    }

    @Override
    public Stats stats() {
        return spool.stats();
    }

    @Override
    public void close() {
        spool.close();
    }
}
