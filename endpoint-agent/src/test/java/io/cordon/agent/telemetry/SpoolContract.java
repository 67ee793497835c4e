package io.cordon.agent.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Spool} promises. */
abstract class SpoolContract {
    /** A new, empty spool with this limit in bytes. */
    abstract Spool spool(long limit) throws IOException;

    static byte[] record(String text) {
        return text.getBytes(UTF_8);
    }

    static List<String> texts(Spool.Batch batch) {
        return batch.records().stream().map(each -> new String(each, UTF_8)).toList();
    }

    @Test
    void givesOldestFirstUntilAcknowledged() throws IOException {
        try (Spool spool = spool(1 << 20)) {
            for (String text : List.of("a", "b", "c")) {
                spool.append(record(text));
            }
            Spool.Batch two = spool.read(2, 1000);
            assertEquals(List.of("a", "b"), texts(two));
            assertEquals(List.of("a", "b"), texts(spool.read(2, 1000)));
            spool.acknowledge(two);
            spool.acknowledge(two);
            assertEquals(List.of("c"), texts(spool.read(10, 1000)));
            assertEquals(1, spool.stats().records());
            spool.acknowledge(spool.read(10, 1000));
            assertTrue(spool.read(10, 1000).isEmpty());
            assertEquals(0, spool.stats().records());
            assertEquals(0, spool.stats().lost());
        }
    }

    @Test
    void batchIsBoundedInBytesButNeverEmptyWhileSomethingWaits() throws IOException {
        try (Spool spool = spool(1 << 20)) {
            spool.append(new byte[500]);
            spool.append(new byte[500]);
            assertEquals(1, spool.read(10, 600).records().size());
            assertEquals(1, spool.read(10, 1).records().size());
            assertEquals(2, spool.read(10, 1000).records().size());
        }
    }

    @Test
    void dropsOldestAtTheLimitAndCounts() throws IOException {
        try (Spool spool = spool(4 << 20)) {
            byte[] big = new byte[1000 << 10];
            for (int i = 0; i < 8; i++) {
                big[0] = (byte) i;
                spool.append(big.clone());
            }
            Spool.Batch rest = spool.read(100, Long.MAX_VALUE);
            assertEquals(8, rest.records().size() + spool.stats().lost());
            assertTrue(spool.stats().lost() >= 4);
            assertEquals(7, rest.records().get(rest.records().size() - 1)[0]);
            assertTrue(spool.stats().bytes() <= 4 << 20);
        }
    }

    @Test
    void acknowledgingWhatWasDroppedMeanwhileIsHarmless() throws IOException {
        try (Spool spool = spool(4 << 20)) {
            byte[] big = new byte[1000 << 10];
            spool.append(big);
            Spool.Batch first = spool.read(1, Long.MAX_VALUE);
            for (int i = 0; i < 8; i++) {
                spool.append(big);
            }
            long waiting = spool.stats().records();
            spool.acknowledge(first);
            assertEquals(waiting, spool.stats().records());
        }
    }

    @Test
    void refusesARecordLargerThanAnySegment() throws IOException {
        try (Spool spool = spool(4 << 20)) {
            assertThrows(IllegalArgumentException.class, () -> spool.append(new byte[Spool.MAX_RECORD + 1]));
        }
    }
}
