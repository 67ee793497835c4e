package io.cordon.agent.telemetry;

import io.cordon.agent.os.AppendFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Makes the attested record of every run and sees to it that none goes missing (I-4): a run is in the journal before it
 * begins, its record in the spool before its end is told, and what a crash left open is recorded as lost at the next start.
 */
public final class RunRecorder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunRecorder.class.getName());

    private final Spool spool;
    private final RunJournal journal;
    private final Supplier<HostFacts> host;
    private final byte[] hashKey;
    private final List<RunObserver> observers = new CopyOnWriteArrayList<>();
    private RunTrace trace;

    private RunRecorder(Spool spool, RunJournal journal, Supplier<HostFacts> host, byte[] hashKey) {
        this.spool = spool;
        this.journal = journal;
        this.host = host;
        this.hashKey = hashKey.clone();
        this.trace = new RunTrace(host.get());
    }

    /**
     * Opens the recorder; runs that a crashed agent left open are recorded as lost now.
     *
     * @param directory of the run journal, for example the spool's
     * @param hashKey secret key by which hashed arguments match each other, at least 32 bytes
     * @throws IOException also when a lost run cannot be recorded; it stays in the journal then
     */
    public static RunRecorder open(
            Path directory, Spool spool, Supplier<HostFacts> host, byte[] hashKey, InstantSource clock)
            throws IOException {
        if (hashKey.length < 32) {
            throw new IllegalArgumentException("hash key: " + hashKey.length + " bytes (expected: >= 32)");
        }
        RunJournal journal = RunJournal.open(directory, AppendFile::onDisk);
        RunRecorder recorder = new RunRecorder(spool, journal, host, hashKey);
        for (RunFacts facts : journal.open()) {
            recorder.end(facts, RunOutcome.lost(clock.instant(), "the agent stopped while the command ran"));
        }
        return recorder;
    }

    /** From now on told of every run. */
    public void observe(RunObserver observer) {
        observers.add(observer);
    }

    /** The key for {@link Redactor}. */
    public byte[] hashKey() {
        return hashKey.clone();
    }

    public Spool.Stats spoolStats() {
        return spool.stats();
    }

    public HostFacts host() {
        return host.get();
    }

    /**
     * Notes durably that a run begins. Without this, nothing may start.
     *
     * @throws IOException the run could not be recorded; the message says what to do
     */
    public void begin(RunFacts facts) throws IOException {
        spool.probe();
        try {
            journal.begin(facts);
        } catch (IOException e) {
            throw new IOException(
                    "the record of a run cannot be kept: " + e.getMessage() + "; free space on that disk", e);
        }
        observers.forEach(each -> each.began(facts));
    }

    /** The process of a run that began runs. */
    public void started(RunFacts facts, long pid) {
        observers.forEach(each -> each.started(facts, pid));
    }

    /** Records a run that policy did not let begin. */
    public void denied(RunFacts facts) throws IOException {
        RunOutcome outcome = RunOutcome.denied(facts.decidedAt());
        observers.forEach(each -> each.began(facts));
        observers.forEach(each -> each.ended(facts, outcome));
        append(facts, outcome);
    }

    /**
     * Records how a run ended; when this returns, the record is durable.
     *
     * @throws IOException the record could not be written; the run stays in the journal and is recorded as lost at the next start
     */
    public void end(RunFacts facts, RunOutcome outcome) throws IOException {
        observers.forEach(each -> each.ended(facts, outcome));
        append(facts, outcome);
        journal.end(facts.runId());
    }

    private void append(RunFacts facts, RunOutcome outcome) throws IOException {
        spool.append(current().record(facts, outcome, spool.stats().lost()));
    }

    private synchronized RunTrace current() {
        HostFacts now = host.get();
        if (!trace.isFor(now)) {
            trace = new RunTrace(now);
        }
        return trace;
    }

    @Override
    public void close() {
        try {
            journal.close();
        } catch (IOException e) {
            // What it holds was on the disk when it was written.
            LOG.log(System.Logger.Level.DEBUG, "closing the run journal", e);
        }
    }
}
