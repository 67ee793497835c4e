package io.cordon.agent.os;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {
    @TempDir
    Path dir;

    private Path file() {
        return dir.resolve("a.log");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static List<String> texts(List<byte[]> records) {
        return records.stream().map(each -> new String(each, UTF_8)).toList();
    }

    private List<String> reopened() throws IOException {
        try (RecordLog log = RecordLog.open(file())) {
            return texts(log.takeFound());
        }
    }

    @Test
    void keepsRecordsInOrder() throws IOException {
        try (RecordLog log = RecordLog.open(file())) {
            log.append(bytes("one"));
            log.appendUnsynced(bytes(""));
            log.append(bytes("three"));
        }
        assertEquals(List.of("one", "", "three"), reopened());
    }

    @Test
    void truncationAtAnyByteLosesOnlyWhatWasCutAndAppendsGoOn() throws IOException {
        try (RecordLog log = RecordLog.open(file())) {
            for (String text : List.of("first", "second record", "third")) {
                log.append(bytes(text));
            }
        }
        byte[] whole = Files.readAllBytes(file());
        List<String> all = List.of("first", "second record", "third");
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            int complete = 0;
            int end = 0;
            for (String text : all) {
                end += RecordLog.HEADER + text.length();
                complete += end <= length ? 1 : 0;
            }
            try (RecordLog log = RecordLog.open(file())) {
                assertEquals(all.subList(0, complete), texts(log.takeFound()), "cut at " + length);
                log.append(bytes("after"));
            }
            List<String> then = reopened();
            assertEquals(complete + 1, then.size(), "cut at " + length);
            assertEquals("after", then.get(complete));
        }
    }

    @Test
    void damageOfAnyByteLosesNoOtherRecord() throws IOException {
        try (RecordLog log = RecordLog.open(file())) {
            log.append(bytes("first"));
            log.append(bytes("second"));
            log.append(bytes("third"));
        }
        byte[] whole = Files.readAllBytes(file());
        int from = RecordLog.HEADER + 5;
        for (int at = from; at < from + RecordLog.HEADER + 6; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x41;
            Files.write(file(), damaged);
            try (RecordLog log = RecordLog.open(file())) {
                assertEquals(List.of("first", "third"), texts(log.takeFound()), "damaged at " + at);
                assertEquals(1, log.damaged());
            }
        }
    }

    @Test
    void fullDiskLeavesTheLogAsItWas() throws IOException {
        FaultyDisk disk = new FaultyDisk(dir, 60);
        try (RecordLog log = RecordLog.open(file(), disk)) {
            log.append(bytes("fits"));
            assertThrows(IOException.class, () -> log.append(new byte[100]));
            disk.setSize(1000);
            log.append(bytes("later"));
        }
        assertEquals(List.of("fits", "later"), reopened());
    }

    @Test
    void tornTailThatCannotBeCutNowIsCutBeforeTheNextAppend() throws IOException {
        FaultyDisk disk = new FaultyDisk(dir, 60);
        try (RecordLog log = RecordLog.open(file(), disk)) {
            log.append(bytes("fits"));
            disk.setTruncateFails(true);
            assertThrows(IOException.class, () -> log.append(new byte[100]));
            disk.setSize(1000);
            assertThrows(IOException.class, () -> log.append(bytes("x")));
            disk.setTruncateFails(false);
            log.append(bytes("later"));
        }
        assertEquals(List.of("fits", "later"), reopened());
    }

    @Test
    void rewriteReplacesTheContentAndAppendsGoOn() throws IOException {
        try (RecordLog log = RecordLog.open(file())) {
            log.append(bytes("old"));
            log.rewrite(List.of(bytes("new")));
            log.append(bytes("next"));
        }
        assertEquals(List.of("new", "next"), reopened());
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        RecordLog.open(file()).close();
        assertTrue(Files.getPosixFilePermissions(file()).size() == 2);
    }
}
