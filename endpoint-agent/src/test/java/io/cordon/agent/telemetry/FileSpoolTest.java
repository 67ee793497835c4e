package io.cordon.agent.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.AppendFile;
import io.cordon.agent.os.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSpoolTest extends SpoolContract {
    @TempDir
    Path dir;

    @Override
    Spool spool(long limit) throws IOException {
        return FileSpool.open(dir, limit);
    }

    @Test
    void survivesReopeningWithPositionAndCount() throws IOException {
        try (Spool spool = spool(1 << 20)) {
            for (String text : List.of("a", "b", "c")) {
                spool.append(record(text));
            }
            spool.acknowledge(spool.read(1, 100));
        }
        try (Spool spool = spool(1 << 20)) {
            assertEquals(List.of("b", "c"), texts(spool.read(10, 100)));
            spool.acknowledge(spool.read(10, 100));
            spool.append(record("d"));
            assertEquals(List.of("d"), texts(spool.read(10, 100)));
        }
    }

    @Test
    void giveBackDiskSpaceWhenAcknowledged() throws IOException {
        try (Spool spool = spool(64 << 20)) {
            for (int i = 0; i < 20; i++) {
                spool.append(new byte[300 << 10]);
            }
            spool.acknowledge(spool.read(100, Long.MAX_VALUE));
            try (Stream<Path> files = Files.list(dir)) {
                assertEquals(0, files.filter(f -> f.toString().endsWith(".seg")).count());
            }
        }
    }

    @Test
    void crashAtAnyByteOfASegmentKeepsEveryWholeRecord() throws IOException {
        try (Spool spool = spool(1 << 20)) {
            spool.append(record("first"));
            spool.append(record("second"));
        }
        Path segment;
        try (Stream<Path> files = Files.list(dir)) {
            segment =
                    files.filter(f -> f.toString().endsWith(".seg")).findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(segment);
        int firstEnd = 12 + 8 + 5;
        for (int length = 0; length < whole.length; length++) {
            Files.write(segment, Arrays.copyOf(whole, length));
            try (Spool spool = spool(1 << 20)) {
                List<String> expected = length >= firstEnd ? List.of("first") : List.of();
                assertEquals(expected, texts(spool.read(10, 1000)), "cut at " + length);
                spool.append(record("later"));
                assertEquals("later", texts(spool.read(10, 1000)).get(expected.size()));
            }
            try (Stream<Path> files = Files.list(dir)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".seg")).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Of the records a, b and c. */
    private void damageTheSecondOfThree() throws IOException {
        try (Spool spool = spool(1 << 20)) {
            for (String text : List.of("a", "b", "c")) {
                spool.append(record(text));
            }
        }
        Path segment = dir.resolve("0000000000000000.seg");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[21 + 20] ^= 1;
        Files.write(segment, bytes);
    }

    @Test
    void damagedRecordIsCountedAsLost() throws IOException {
        damageTheSecondOfThree();
        try (Spool spool = spool(1 << 20)) {
            assertEquals(List.of("a", "c"), texts(spool.read(10, 1000)));
            assertEquals(1, spool.stats().lost());
        }
    }

    @Test
    void whenTheDiskFillsUpTheReserveKeepsRoomForWhatHasBegun() throws IOException {
        FaultyDisk disk = new FaultyDisk(dir, 20_000);
        try (Spool spool = FileSpool.open(dir, 1 << 20, disk, 10_000)) {
            spool.probe();
            for (int i = 0; i < 4; i++) {
                spool.append(new byte[4000]);
            }
            IOException refused = assertThrows(IOException.class, spool::probe);
            assertTrue(String.valueOf(refused.getMessage()).contains(dir.toString()), refused.getMessage());
            assertEquals(4, spool.stats().records());
            spool.acknowledge(spool.read(10, Long.MAX_VALUE));
            spool.probe();
        }
    }

    @Test
    void appendThatFailsForGoodLeavesWhatWasThere() throws IOException {
        FaultyDisk disk = new FaultyDisk(dir, 5000);
        try (Spool spool = FileSpool.open(dir, 1 << 20, disk, 100)) {
            spool.append(record("kept"));
            assertThrows(IOException.class, () -> spool.append(new byte[8000]));
            disk.setSize(1 << 20);
            spool.append(record("after"));
            assertEquals(List.of("kept", "after"), texts(spool.read(10, Long.MAX_VALUE)));
        }
        try (Spool spool = FileSpool.open(dir, 1 << 20, AppendFile::onDisk, 100)) {
            assertEquals(List.of("kept", "after"), texts(spool.read(10, Long.MAX_VALUE)));
        }
    }

    @Test
    void whatIsAppendedAfterAFailureIsReadAlsoWhereOlderSegmentsWait() throws IOException {
        try (Spool spool = spool(1 << 20)) {
            spool.append(record("kept"));
        }
        FaultyDisk disk = new FaultyDisk(dir, 0);
        try (Spool spool = FileSpool.open(dir, 1 << 20, disk, 100)) {
            assertThrows(IOException.class, () -> spool.append(record("refused")));
            disk.setSize(1 << 20);
            spool.append(record("after"));
            assertEquals(List.of("kept", "after"), texts(spool.read(10, Long.MAX_VALUE)));
            spool.acknowledge(spool.read(10, Long.MAX_VALUE));
            assertEquals(new Spool.Stats(0, 0, 0), spool.stats());
        }
    }

    @Test
    void damageIsCountedOnceHoweverOftenItIsSeen() throws IOException {
        damageTheSecondOfThree();
        for (int i = 0; i < 3; i++) {
            try (Spool spool = spool(1 << 20)) {
                assertEquals(1, spool.stats().lost());
                spool.acknowledge(spool.read(1, 1));
                assertEquals(1, spool.stats().lost());
            }
        }
        try (Spool spool = spool(1 << 20)) {
            assertEquals(1, spool.stats().lost());
        }
    }
}
