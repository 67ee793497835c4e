package io.cordon.agent.os;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every change the agent makes to the machine, written and on the disk <em>before</em> it is made (I-6): intent → done →
 * undone. After a crash {@link #open()} names what may exist and was not taken back. Safe for concurrent use.
 */
public final class Ledger implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "changes.log";
    private static final long COMPACT_ABOVE = 1 << 20;

    private final RecordLog log;
    private final long compactAbove;
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private long next = 1;

    /** A change and how far it came; {@code done} false means that it may or may not have been made. */
    public record Entry(long id, Change change, boolean done) {}

    private enum Step {
        INTENT,
        DONE,
        UNDONE
    }

    /** One line of the log. */
    private record Line(Step step, long id, @Nullable Change change) {}

    private Ledger(RecordLog log, long compactAbove) {
        this.log = log;
        this.compactAbove = compactAbove;
    }

    /** Opens the ledger in its directory, which must exist. */
    public static Ledger open(Path directory) throws IOException {
        return open(directory, AppendFile::onDisk, COMPACT_ABOVE);
    }

    static Ledger open(Path directory, AppendFile.Opener opener, long compactAbove) throws IOException {
        RecordLog log = RecordLog.open(directory.resolve(FILE), opener);
        Ledger ledger = new Ledger(log, compactAbove);
        for (byte[] bytes : log.takeFound()) {
            ledger.apply(JSON.readValue(bytes, Line.class));
        }
        return ledger;
    }

    private void apply(Line line) {
        next = Math.max(next, line.id() + 1);
        Entry known = entries.get(line.id());
        switch (line.step()) {
            case INTENT -> {
                if (line.change() != null) {
                    entries.put(line.id(), new Entry(line.id(), line.change(), false));
                }
            }
            case DONE -> {
                if (known != null) {
                    entries.put(line.id(), new Entry(line.id(), known.change(), true));
                }
            }
            case UNDONE -> entries.remove(line.id());
        }
    }

    /** Writes down what is about to be made; when this returns it survives a crash, and only then may it be made. */
    public synchronized long intend(Change change) throws IOException {
        return intend(List.of(change)).get(0);
    }

    /** As {@link #intend(Change)} for several changes with one wait for the disk, returning their ids in order. */
    public synchronized List<Long> intend(List<Change> changes) throws IOException {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Line line = new Line(Step.INTENT, next, changes.get(i));
            if (i == changes.size() - 1) {
                log.append(encode(line));
            } else {
                log.appendUnsynced(encode(line));
            }
            apply(line);
            ids.add(line.id());
        }
        return ids;
    }

    /** The change is made. */
    public synchronized void done(long id) throws IOException {
        write(new Line(Step.DONE, id, null));
    }

    /** The change is taken back, or was never made. Need not reach the disk: undoing twice is harmless. */
    public synchronized void undone(long id) throws IOException {
        write(new Line(Step.UNDONE, id, null));
        if (log.length() > compactAbove) {
            compact();
        }
    }

    private void write(Line line) throws IOException {
        log.appendUnsynced(encode(line));
        apply(line);
    }

    /** Everything not yet taken back, newest first: the order in which to undo. */
    public synchronized List<Entry> open() {
        List<Entry> open = new ArrayList<>(entries.values());
        Collections.reverse(open);
        return open;
    }

    private void compact() throws IOException {
        List<byte[]> lines = new ArrayList<>();
        for (Entry entry : entries.values()) {
            lines.add(encode(new Line(Step.INTENT, entry.id(), entry.change())));
            if (entry.done()) {
                lines.add(encode(new Line(Step.DONE, entry.id(), null)));
            }
        }
        // Keeps the numbering going when nothing is open.
        lines.add(encode(new Line(Step.UNDONE, next - 1, null)));
        log.rewrite(lines);
    }

    private static byte[] encode(Line line) throws JsonProcessingException {
        return JSON.writeValueAsBytes(line);
    }

    @Override
    public synchronized void close() throws IOException {
        log.close();
    }
}
