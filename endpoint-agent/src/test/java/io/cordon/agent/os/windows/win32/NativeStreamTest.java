package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.jna.WString;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine.Stream.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a handle of a caller leads to; the caller is this process. */
@Tag("wine")
class NativeStreamTest {
    /** Not a @TempDir: its random name takes a network function that Wine lacks. */
    private final Path dir = Path.of(System.getProperty("java.io.tmpdir"), "cordon-stream-" + System.nanoTime());

    @BeforeEach
    void make() throws IOException {
        Files.createDirectory(dir);
    }

    @AfterEach
    void remove() throws IOException {
        Files.deleteIfExists(dir.resolve("file"));
        Files.delete(dir);
    }

    private static Kind kind(HANDLE handle) throws Exception {
        try (NativeCaller caller =
                        NativeCaller.open((int) ProcessHandle.current().pid());
                NativeStream stream = NativeStream.take(caller, Handles.value(handle))) {
            return stream.kind();
        }
    }

    private static HANDLE open(String path, int flags) {
        return Kernel32Io.Library.KERNEL32.CreateFileW(
                new WString(path),
                ProcessConstants.GENERIC_READ,
                ProcessConstants.FILE_SHARE_READ | ProcessConstants.FILE_SHARE_WRITE,
                null,
                ProcessConstants.OPEN_EXISTING,
                flags,
                null);
    }

    @Test
    void tellsFilesFoldersPipesAndTheNullDeviceApart() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "x");
        try (Handles.Owned handle = new Handles.Owned(open(file.toString(), 0))) {
            assertEquals(Kind.FILE, kind(handle.get()));
        }
        try (Handles.Owned handle =
                new Handles.Owned(open(dir.toString(), ProcessConstants.FILE_FLAG_BACKUP_SEMANTICS))) {
            assertEquals(Kind.DIRECTORY, kind(handle.get()));
        }
        try (Pipe pipe = Pipe.create()) {
            assertEquals(Kind.PIPE, kind(pipe.read().get()));
            assertEquals(Kind.PIPE, kind(pipe.write().get()));
        }
        try (NativeStream nothing = NativeStream.nothing()) {
            assertEquals(Kind.NULL_DEVICE, kind(Handles.of(nothing.handle())));
        }
    }

    @Test
    void aHandleOfSomethingElseIsNoStream() throws Exception {
        try (Handles.Owned token = CurrentUserLogons.token()) {
            assertEquals(Kind.OTHER, kind(token.get()));
        }
        assertThrows(LaunchException.class, () -> kind(Handles.of(0x7ffc)));
    }
}
