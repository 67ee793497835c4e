package io.cordon.agent.os.windows.senders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Sender;
import io.cordon.agent.os.SenderIdentity;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowsSendersTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 50123);
    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 4318);
    private static final Sid ADA = Sid.parse("S-1-5-21-1-2-3-1001");
    private static final long CONNECTED = 1000;

    private final Deque<Optional<Connections.End>> table = new ArrayDeque<>();
    private final Map<Long, long[]> processes = new HashMap<>();
    private final List<Long> held = new ArrayList<>();
    private final WindowsSenders senders = new WindowsSenders(
            (local, remote) -> {
                assertEquals(List.of(PEER, HERE), List.of(local, remote));
                return table.size() > 1 ? table.removeFirst() : table.getFirst();
            },
            this::open);

    private Optional<Processes.Held> open(long pid) {
        long[] facts = processes.get(pid);
        if (facts == null) {
            return Optional.empty();
        }
        held.add(pid);
        return Optional.of(new Processes.Held() {
            @Override
            public long created() {
                return facts[0];
            }

            @Override
            public String image() {
                return "C:\\tools\\codex.exe";
            }

            @Override
            public Sid user() {
                return ADA;
            }

            @Override
            public long parent() {
                return facts[1];
            }

            @Override
            public void close() {
                assertTrue(held.remove(pid));
            }
        });
    }

    private void process(long pid, long created, long parent) {
        processes.put(pid, new long[] {created, parent});
    }

    private void connection(long pid, long created) {
        table.addLast(Optional.of(new Connections.End(pid, created)));
    }

    private String unknown() {
        String reason = assertInstanceOf(SenderIdentity.Lookup.Unknown.class, senders.of(PEER, HERE))
                .reason();
        assertEquals(List.of(), held);
        return reason;
    }

    @Test
    void theMakerOfTheConnectionIsToldWithItsAncestors() {
        process(30, 900, 20);
        process(20, 500, 10);
        process(10, 100, 0);
        connection(30, CONNECTED);
        Sender sender = assertInstanceOf(SenderIdentity.Lookup.Known.class, senders.of(PEER, HERE))
                .sender();
        assertEquals(
                new Sender(ADA.toString(), new Sender.Process(30, 900, "C:\\tools\\codex.exe", List.of(30L, 20L, 10L))),
                sender);
        assertEquals(List.of(), held);
    }

    @Test
    void aProcessYoungerThanItsConnectionOnlyHasTheNumberOfAnother() {
        process(30, CONNECTED + 1, 0);
        connection(30, CONNECTED);
        assertTrue(unknown().contains("younger than the connection"));
    }

    @Test
    void whereTheSystemDoesNotSayWhenNobodyIsBelieved() {
        process(30, 900, 0);
        connection(30, 0);
        assertTrue(unknown().contains("does not say when"));
    }

    /** Between the look at the table and the process that is opened, both may have changed. */
    @Test
    void theTableIsAskedAgainWhileTheProcessIsHeld() {
        process(30, 900, 0);
        connection(30, CONNECTED);
        connection(31, CONNECTED);
        assertEquals("the connection ended meanwhile", unknown());
        table.clear();
        connection(30, CONNECTED);
        table.addLast(Optional.empty());
        assertEquals("the connection ended meanwhile", unknown());
    }

    @Test
    void aConnectionThatIsNotThereAndAProcessThatIsGoneAreUnknown() {
        table.addLast(Optional.empty());
        assertTrue(unknown().contains("no socket of this machine"));
        table.clear();
        connection(30, CONNECTED);
        assertTrue(unknown().contains("process 30 cannot be looked at"));
    }

    @Test
    void aTableThatCannotBeReadIsSaid() {
        WindowsSenders broken = new WindowsSenders(
                (local, remote) -> {
                    throw new IOException("GetExtendedTcpTable: error 5");
                },
                this::open);
        String said = "the connections of this machine cannot be read: GetExtendedTcpTable: error 5";
        assertEquals(new SenderIdentity.Lookup.Unknown(said), broken.of(PEER, HERE));
        assertEquals(said, broken.problem());
    }

    @Test
    void aParentThatIsYoungerThanItsChildIsNone() {
        process(30, 900, 20);
        process(20, 901, 10);
        process(10, 100, 0);
        assertEquals(List.of(30L), senders.lineage(30));
    }

    @Test
    void lineagesAreBoundedAndEndInLoops() {
        LongStream.rangeClosed(1, 100).forEach(pid -> process(pid, pid, pid - 1));
        assertEquals(SenderIdentity.MAX_LINEAGE, senders.lineage(100).size());
        process(1, 1, 2);
        process(2, 1, 1);
        assertEquals(List.of(2L, 1L), senders.lineage(2));
        assertEquals(List.of(), senders.lineage(4711));
        assertEquals(List.of(), held);
    }

    @Test
    void thisProcessIsTriedFirst() {
        long own = ProcessHandle.current().pid();
        process(own, 900, 0);
        WindowsSenders well =
                new WindowsSenders((local, remote) -> Optional.of(new Connections.End(own, CONNECTED)), this::open);
        assertNull(well.problem());
        process(own + 1, 900, 0);
        WindowsSenders wrong =
                new WindowsSenders((local, remote) -> Optional.of(new Connections.End(own + 1, CONNECTED)), this::open);
        assertTrue(Objects.requireNonNull(wrong.problem()).contains("another's"));
    }
}
