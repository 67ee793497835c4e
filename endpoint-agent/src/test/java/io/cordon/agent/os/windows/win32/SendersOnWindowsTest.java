package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Sender;
import io.cordon.agent.os.SenderIdentity;
import io.cordon.agent.os.windows.senders.Connections;
import io.cordon.agent.os.windows.senders.Processes;
import io.cordon.agent.os.windows.senders.WindowsSenders;
import io.cordon.agent.os.windows.wine.NotShownUnderWine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real connection over loopback, both ends of which are this process's. */
class SendersOnWindowsTest {
    private interface Use {
        void with(InetSocketAddress peer, InetSocketAddress here) throws Exception;
    }

    private static void connected(Use use) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            assertTrue(client.isConnected());
            use.with((InetSocketAddress) accepted.getRemoteSocketAddress(), (InetSocketAddress)
                    accepted.getLocalSocketAddress());
        }
    }

    /** By its four numbers, seen from either end and through sockets of either family. */
    @Test
    @Tag("wine")
    void theTableHasTheConnection() throws Exception {
        NativeConnections connections = new NativeConnections();
        connected((peer, here) -> {
            assertTrue(connections.find(peer, here).isPresent(), peer + " to " + here);
            assertTrue(connections.find(here, peer).isPresent(), here + " to " + peer);
            InetSocketAddress elsewhere = new InetSocketAddress(here.getAddress(), 9);
            assertEquals(Optional.empty(), connections.find(peer, elsewhere));
            assertEquals(Optional.empty(), connections.find(elsewhere, here));
        });
    }

    @Test
    @Tag("wine")
    void aProcessTellsItsUserProgramAndStart() throws Exception {
        long own = ProcessHandle.current().pid();
        try (Processes.Held process = new NativeProcesses().open(own).orElseThrow()) {
            try (Handles.Owned token = CurrentUserLogons.token()) {
                assertEquals(Tokens.user(token.get()), process.user());
            }
            assertTrue(process.image().toLowerCase(Locale.ROOT).endsWith("java.exe"), process.image());
            assertNotEquals(0, process.created());
        }
        assertEquals(
                own,
                new WindowsSenders(new NativeConnections(), new NativeProcesses())
                        .lineage(own)
                        .get(0));
    }

    @Test
    @Tag("wine")
    void aNumberThatNobodyHasIsNoProcess() throws IOException {
        assertEquals(Optional.empty(), new NativeProcesses().open(0x7fff_fff0L));
        assertEquals(Optional.empty(), new NativeProcesses().open(0));
    }

    /** The table is Windows' own here, but for whose the connection is and since when; the process is. */
    @Test
    @Tag("wine")
    void theSenderOfALoopbackConnectionIsTold() throws Exception {
        NativeConnections real = new NativeConnections();
        long own = ProcessHandle.current().pid();
        WindowsSenders senders = new WindowsSenders(
                (local, remote) -> real.find(local, remote).map(end -> new Connections.End(own, Long.MAX_VALUE)),
                new NativeProcesses());
        connected((peer, here) -> {
            Sender sender = assertInstanceOf(SenderIdentity.Lookup.Known.class, senders.of(peer, here))
                    .sender();
            Sender.Process process = Objects.requireNonNull(sender.process());
            assertEquals(own, process.pid());
            assertEquals(List.of(own), process.lineage().subList(0, 1));
            assertTrue(sender.accountId().startsWith("S-1-5-21-"), sender.accountId());
        });
        assertNull(senders.problem());
    }

    /** Fails closed, as on any system that does not say whose a connection is. */
    @Test
    @Tag("wine")
    void whereTheTableNamesNobodyNobodyIsBelieved() {
        NativeConnections real = new NativeConnections();
        WindowsSenders senders = new WindowsSenders(
                (local, remote) -> real.find(local, remote).map(end -> new Connections.End(0, Long.MAX_VALUE)),
                new NativeProcesses());
        assertTrue(Objects.requireNonNull(senders.problem()).startsWith("process 0 "), senders.problem());
    }

    @NotShownUnderWine("the table says neither whose a connection is nor since when")
    void aConnectionOfThisProcessIsToldToBeIts() {
        assertNull(new WindowsSenders(new NativeConnections(), new NativeProcesses()).problem());
    }
}
