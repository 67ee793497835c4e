package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.launch.Attestation;
import io.cordon.agent.os.windows.launch.CallerProcess;
import io.cordon.agent.os.windows.launch.PipeAddress;
import io.cordon.agent.os.windows.launch.PipeConnection;
import io.cordon.agent.os.windows.launch.PipeListener;
import io.cordon.agent.os.windows.wine.NotShownUnderWine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both ends of the pipe within one process. */
@Tag("wine")
@Timeout(300)
class NativePipeTest {
    private static final Sid GROUP = Sid.parse("S-1-5-21-1-2-3-2000");
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
    /** FILE_GENERIC_READ and FILE_WRITE_DATA, as cordon.exe asks for. */
    private static final int CLIENT = 0x12008b;

    private static final int SQOS_PRESENT = 0x100000;
    private static final int IMPERSONATION = 2 << 16;
    private static final int IDENTIFICATION = 1 << 16;

    private static PipeAddress address(String name) {
        return PipeAddress.of("\\\\.\\pipe\\cordon-test-" + name + "-" + System.nanoTime(), GROUP);
    }

    private static OverlappedFile connect(PipeAddress address, int level) throws IOException {
        HANDLE pipe = Kernel32Io.Library.KERNEL32.CreateFileW(
                new WString(address.path()),
                CLIENT,
                0,
                null,
                ProcessConstants.OPEN_EXISTING,
                ProcessConstants.FILE_FLAG_OVERLAPPED | SQOS_PRESENT | level,
                null);
        if (!Handles.isValid(pipe)) {
            throw new IOException(Handles.text("CreateFileW", Native.getLastError()));
        }
        return new OverlappedFile(pipe);
    }

    private static CompletableFuture<PipeConnection> accepting(PipeListener listener) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return listener.accept();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void carriesBytesBothWaysAndSeesTheEnd() throws Exception {
        PipeAddress address = address("bytes");
        try (PipeListener listener = NativePipe.at(address, GROUP).listen()) {
            CompletableFuture<PipeConnection> accepted = accepting(listener);
            OverlappedFile client = connect(address, IMPERSONATION);
            try (PipeConnection connection = accepted.get(60, TimeUnit.SECONDS)) {
                client.write(HELLO, 0, HELLO.length);
                assertArrayEquals(HELLO, connection.input().readNBytes(HELLO.length));
                connection.output().write(HELLO);
                byte[] heard = new byte[HELLO.length];
                assertEquals(HELLO.length, client.read(heard, 0, heard.length));
                assertArrayEquals(HELLO, heard);
                client.close();
                assertEquals(-1, connection.input().read());
            }
        }
    }

    @Test
    void attestsTheCallersTokenProcessAndFolder() throws Exception {
        PipeAddress address = address("identity");
        try (PipeListener listener = NativePipe.at(address, GROUP).listen()) {
            CompletableFuture<PipeConnection> accepted = accepting(listener);
            try (OverlappedFile client = connect(address, IMPERSONATION);
                    PipeConnection connection = accepted.get(60, TimeUnit.SECONDS)) {
                client.write(HELLO, 0, HELLO.length);
                connection.input().readNBytes(HELLO.length);
                Attestation seen = connection.attest(System.getenv("SystemRoot").toLowerCase() + "\\system32\\..");
                try (CallerProcess process = seen.process()) {
                    assertEquals(ProcessHandle.current().pid(), process.pid());
                    assertEquals(seen.processToken().user(), seen.impersonated().user());
                    assertEquals(
                            seen.processToken().logon(), seen.impersonated().logon());
                    assertEquals(Attestation.Level.IMPERSONATION, seen.level());
                    assertTrue(seen.created() > 0);
                    assertTrue(seen.image().endsWith("java.exe"), seen.image());
                    assertEquals(
                            "\\\\?\\" + System.getenv("SystemRoot").toLowerCase(),
                            seen.canonicalCwd().toLowerCase());
                }
            }
        }
    }

    @Test
    void aFolderThatIsNoneIsNotAttested() throws Exception {
        PipeAddress address = address("folder");
        try (PipeListener listener = NativePipe.at(address, GROUP).listen()) {
            CompletableFuture<PipeConnection> accepted = accepting(listener);
            try (OverlappedFile client = connect(address, IMPERSONATION);
                    PipeConnection connection = accepted.get(60, TimeUnit.SECONDS)) {
                client.write(HELLO, 0, HELLO.length);
                connection.input().readNBytes(HELLO.length);
                Attestation seen = connection.attest(System.getenv("SystemRoot") + "\\system32\\cmd.exe");
                try (CallerProcess process = seen.process()) {
                    assertEquals(null, seen.canonicalCwd());
                }
            }
        }
    }

    @NotShownUnderWine("the level that a client asks for is not kept")
    void aLowImpersonationLevelShows() throws Exception {
        PipeAddress address = address("level");
        try (PipeListener listener = NativePipe.at(address, GROUP).listen()) {
            CompletableFuture<PipeConnection> accepted = accepting(listener);
            try (OverlappedFile client = connect(address, IDENTIFICATION);
                    PipeConnection connection = accepted.get(60, TimeUnit.SECONDS)) {
                client.write(HELLO, 0, HELLO.length);
                connection.input().readNBytes(HELLO.length);
                Attestation seen = connection.attest("C:\\");
                try (CallerProcess process = seen.process()) {
                    assertEquals(Attestation.Level.IDENTIFICATION, seen.level());
                }
            }
        }
    }

    @NotShownUnderWine("FILE_FLAG_FIRST_PIPE_INSTANCE is ignored")
    void theNameIsTakenOnceAndStaysTakenWhileSomebodyIsConnected() throws Exception {
        PipeAddress address = address("name");
        try (PipeListener listener = NativePipe.at(address, GROUP).listen()) {
            assertThrows(IOException.class, () -> NativePipe.at(address, GROUP).listen());
            CompletableFuture<PipeConnection> accepted = accepting(listener);
            try (OverlappedFile client = connect(address, IMPERSONATION);
                    PipeConnection connection = accepted.get(60, TimeUnit.SECONDS);
                    OverlappedFile second = connect(address, IMPERSONATION)) {
                assertThrows(
                        IOException.class, () -> NativePipe.at(address, GROUP).listen());
            }
        }
    }

    @Test
    void closingEndsWhatWaits() throws Exception {
        PipeListener listener = NativePipe.at(address("close"), GROUP).listen();
        CompletableFuture<PipeConnection> accepted = accepting(listener);
        listener.close();
        assertThrows(ExecutionException.class, () -> accepted.get(60, TimeUnit.SECONDS));
    }
}
