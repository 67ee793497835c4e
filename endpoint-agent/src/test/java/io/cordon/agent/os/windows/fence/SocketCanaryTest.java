package io.cordon.agent.os.windows.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class SocketCanaryTest {
    @Test
    void hearsItsMarkOverBothProtocols() throws IOException {
        try (Canary canary = SocketCanary.open("m4rk", Set.of())) {
            Canary.Perch perch = canary.perches().get(0);
            assertEquals(IpAddress.LOOPBACK_V4, perch.address());
            InetAddress address = InetAddress.getByAddress(perch.address().bytes());
            try (Socket socket = new Socket(address, perch.tcpPort())) {
                socket.getOutputStream().write("m4rk tcp/x\n".getBytes(StandardCharsets.US_ASCII));
            }
            try (Socket socket = new Socket(address, perch.tcpPort())) {
                socket.getOutputStream().write("other tcp/y\n".getBytes(StandardCharsets.US_ASCII));
            }
            try (DatagramSocket socket = new DatagramSocket()) {
                byte[] bytes = "m4rk udp/x".getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(bytes, bytes.length, address, perch.udpPort()));
            }
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                while (!canary.heard().containsAll(Set.of("tcp/x", "udp/x"))) {
                    Thread.onSpinWait();
                }
            });
            assertTrue(canary.heard().stream().noneMatch("tcp/y"::equals));
        }
    }
}
