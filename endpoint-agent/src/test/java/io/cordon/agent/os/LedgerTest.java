package io.cordon.agent.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path dir;

    private static Change change(int number) {
        return new Change("placeholder", Map.of("path", "/p" + number));
    }

    private List<String> open() throws IOException {
        try (Ledger ledger = Ledger.open(dir)) {
            return ledger.open().stream()
                    .map(entry -> entry.change().detail("path") + (entry.done() ? " done" : ""))
                    .toList();
        }
    }

    @Test
    void namesWhatIsNotTakenBackNewestFirst() throws IOException {
        try (Ledger ledger = Ledger.open(dir)) {
            List<Long> ids = ledger.intend(List.of(change(1), change(2), change(3)));
            ledger.done(ids.get(0));
            ledger.undone(ids.get(1));
        }
        assertEquals(List.of("/p3", "/p1 done"), open());
    }

    @Test
    void anIntentThatCannotBeWrittenIsAnError() throws IOException {
        FaultyDisk disk = new FaultyDisk(dir, 100);
        try (Ledger ledger = Ledger.open(dir, disk, 1 << 20)) {
            ledger.intend(change(1));
            assertThrows(IOException.class, () -> ledger.intend(change(2)));
            assertEquals(1, ledger.open().size());
        }
    }

    @Test
    void compactionKeepsWhatIsOpenAndTheNumbering() throws IOException {
        long last;
        try (Ledger ledger = Ledger.open(dir, AppendFile::onDisk, 2000)) {
            long kept = ledger.intend(change(0));
            ledger.done(kept);
            last = kept;
            for (int i = 1; i < 200; i++) {
                last = ledger.intend(change(i));
                ledger.undone(last);
            }
        }
        assertTrue(Files.size(dir.resolve("changes.log")) < 4000);
        assertEquals(List.of("/p0 done"), open());
        try (Ledger ledger = Ledger.open(dir)) {
            assertEquals(last + 1, ledger.intend(change(7)));
        }
    }

    /** The write-ahead promise: whatever prefix of the file survives, each change that was made is in it. */
    @Test
    void crashAtAnyByteForgetsNoChangeThatWasMade() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            crashEverywhere(new Random(seed));
        }
    }

    private static void crashEverywhere(Random random) throws IOException {
        MemoryFile disk = new MemoryFile();
        // Length of the file → what exists on the machine from that moment on.
        Map<Long, List<String>> existing = new LinkedHashMap<>(Map.of(0L, List.of()));
        List<String> made = new ArrayList<>();
        Map<Long, String> ids = new LinkedHashMap<>();
        try (Ledger ledger = Ledger.open(Path.of("/"), disk, 1 << 20)) {
            for (int i = 0; i < 25; i++) {
                if (ids.isEmpty() || random.nextInt(3) > 0) {
                    Change change = change(i);
                    ids.put(ledger.intend(change), change.detail("path"));
                    made.add(change.detail("path"));
                } else {
                    long id = ids.keySet().iterator().next();
                    made.remove(ids.get(id));
                    existing.put((long) disk.content.length, List.copyOf(made));
                    ids.remove(id);
                    ledger.undone(id);
                }
                existing.put((long) disk.content.length, List.copyOf(made));
            }
        }
        for (int length = 0; length <= disk.content.length; length++) {
            MemoryFile survived = new MemoryFile();
            survived.content = Arrays.copyOf(disk.content, length);
            List<String> known;
            try (Ledger ledger = Ledger.open(Path.of("/"), survived, 1 << 20)) {
                known = ledger.open().stream()
                        .map(entry -> entry.change().detail("path"))
                        .toList();
            }
            for (String path : existingAt(existing, length)) {
                assertTrue(known.contains(path), "cut at " + length + ": " + path + " not in " + known);
            }
        }
    }

    /** A file in memory, so that thousands of crashes take no time. */
    private static final class MemoryFile implements AppendFile, AppendFile.Opener {
        private byte[] content = new byte[0];

        @Override
        public AppendFile open(Path file) {
            return this;
        }

        @Override
        public byte[] readAll() {
            return content.clone();
        }

        @Override
        public void write(long position, byte[] bytes) {
            content = Arrays.copyOf(content, (int) Math.max(content.length, position + bytes.length));
            System.arraycopy(bytes, 0, content, (int) position, bytes.length);
        }

        @Override
        public void truncate(long length) {
            content = Arrays.copyOf(content, (int) length);
        }

        @Override
        public void sync() {}

        @Override
        public void close() {}
    }

    private static List<String> existingAt(Map<Long, List<String>> existing, long length) {
        List<String> last = List.of();
        for (Map.Entry<Long, List<String>> entry : existing.entrySet()) {
            if (entry.getKey() <= length) {
                last = entry.getValue();
            }
        }
        return last;
    }

    @Test
    void undoingTwiceIsHarmless() throws IOException {
        try (Ledger ledger = Ledger.open(dir)) {
            long id = ledger.intend(change(1));
            ledger.undone(id);
            ledger.undone(id);
            assertFalse(ledger.open().stream().anyMatch(entry -> entry.id() == id));
        }
    }
}
