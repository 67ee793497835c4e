package io.cordon.agent.os.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Sender;
import io.cordon.agent.os.SenderIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parser over lines of the kernel, and all of it over the real {@code /proc}. */
class ProcSendersTest {
    private final ProcSenders senders = new ProcSenders();

    private static InetSocketAddress at(String ip, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(ip), port);
    }

    @ParameterizedTest
    @CsvSource({
        // IPv4, an IPv6 socket that speaks IPv4, IPv6
        "127.0.0.1, 0100007F, 127.0.0.1, 0100007F",
        "127.0.0.1, 0000000000000000FFFF00000100007F, 127.0.0.1, 0000000000000000FFFF00000100007F",
        "::1, 00000000000000000000000001000000, ::1, 00000000000000000000000001000000"
    })
    void findsTheRowOfTheOtherEnd(String peer, String peerWord, String here, String hereWord) throws IOException {
        String line =
                "   4: %s:D431 %s:10DE 01 00000000:00000000 00:00000000 00000000  1000        0 98765 1 x 20 4 30 10 -1"
                        .formatted(peerWord, hereWord);
        String wrongWay = "   3: %s:10DE %s:D431 01 00000000:00000000 00:00000000 00000000     0        0 11111 1 x"
                .formatted(hereWord, peerWord);
        assertEquals(
                new ProcNetTcp.Row(1000, 98765),
                ProcNetTcp.find(Stream.of("  sl  local_address", wrongWay, line), at(peer, 0xD431), at(here, 0x10DE))
                        .orElseThrow());
    }

    @Test
    void aSocketWithoutHolderIsNobodys() throws IOException {
        String line =
                "   4: 0100007F:D431 0100007F:10DE 06 00000000:00000000 03:00000000 00000000     0        0 0 3 x";
        assertTrue(ProcNetTcp.find(Stream.of(line), at("127.0.0.1", 0xD431), at("127.0.0.1", 0x10DE))
                .isEmpty());
    }

    @Test
    void anotherProcessIsToldByItsConnection() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Process bash = new ProcessBuilder(
                            "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + "; read -r line <&3")
                    .start();
            try (Socket accepted = server.accept()) {
                SenderIdentity.Lookup lookup =
                        senders.of((InetSocketAddress) accepted.getRemoteSocketAddress(), (InetSocketAddress)
                                accepted.getLocalSocketAddress());
                Sender sender = assertInstanceOf(SenderIdentity.Lookup.Known.class, lookup)
                        .sender();
                Sender.Process process = Objects.requireNonNull(sender.process());
                assertEquals(
                        Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString(), sender.accountId());
                assertEquals(bash.pid(), process.pid());
                assertTrue(process.executable().endsWith("/bash"), process.executable());
                assertEquals(
                        List.of(bash.pid(), ProcessHandle.current().pid()),
                        process.lineage().subList(0, 2));
                assertTrue(process.startTime() > 0);
            } finally {
                bash.destroy();
                assertTrue(bash.waitFor(60, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void aConnectionThatIsNotThereIsUnknown() throws IOException {
        SenderIdentity.Lookup lookup = senders.of(at("127.0.0.1", 1), at("127.0.0.1", 2));
        assertInstanceOf(SenderIdentity.Lookup.Unknown.class, lookup);
    }

    @Test
    void aProcessThatIsNotThereHasNoLineage() {
        assertEquals(List.of(), senders.lineage(Integer.MAX_VALUE));
    }
}
