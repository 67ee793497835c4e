package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.launch.Attestation;
import io.cordon.agent.os.windows.launch.PipeConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** One connected instance of the pipe. */
final class NativeConnection implements PipeConnection {
    private static final int LONGEST_PATH = 32_768;

    private final OverlappedFile pipe;
    private final Sid sandboxGroup;

    NativeConnection(OverlappedFile pipe, Sid sandboxGroup) {
        this.pipe = pipe;
        this.sandboxGroup = sandboxGroup;
    }

    @Override
    public InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return pipe.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return length == 0 ? 0 : pipe.read(into, offset, length);
            }
        };
    }

    @Override
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                pipe.write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                pipe.write(from, offset, length);
            }
        };
    }

    /** What is seen in the client's name. */
    private record InItsName(
            Attestation.Token token,
            Attestation.Level level,
            @Nullable String cwd) {}

    @Override
    public Attestation attest(String cwd) throws IOException {
        NativeCaller process = NativeCaller.open(clientPid());
        try {
            InItsName seen = Impersonation.as(
                    "ImpersonateNamedPipeClient",
                    () -> Advapi32Tokens.Library.ADVAPI32.ImpersonateNamedPipeClient(pipe.handle()),
                    () -> inItsName(cwd));
            return new Attestation(
                    process,
                    seen.token(),
                    process.attestedToken(sandboxGroup),
                    seen.level(),
                    process.created(),
                    process.image(),
                    seen.cwd());
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private int clientPid() throws IOException {
        IntByReference pid = new IntByReference();
        if (!Kernel32Io.Library.KERNEL32.GetNamedPipeClientProcessId(pipe.handle(), pid)) {
            throw new IOException(Handles.text("GetNamedPipeClientProcessId", Native.getLastError()));
        }
        return pid.getValue();
    }

    private InItsName inItsName(String cwd) throws IOException {
        HANDLEByReference reference = new HANDLEByReference();
        // As the agent itself: a token of level identification may not even open itself.
        if (!Advapi32.INSTANCE.OpenThreadToken(
                Kernel32.INSTANCE.GetCurrentThread(),
                TokenConstants.TOKEN_QUERY | TokenConstants.TOKEN_DUPLICATE,
                true,
                reference)) {
            throw new IOException(Handles.text("OpenThreadToken", Native.getLastError()));
        }
        try (Handles.Owned token = Handles.Owned.of(reference)) {
            Attestation.Level level = Attestation.Level.values()[Tokens.statistics(token.get()).ImpersonationLevel];
            return new InItsName(Tokens.attested(token.get(), sandboxGroup), level, canonical(cwd));
        }
    }

    /** The final path of a folder, null when it cannot be opened as one. */
    private static @Nullable String canonical(String cwd) {
        HANDLE folder = Kernel32Io.Library.KERNEL32.CreateFileW(
                new WString(cwd),
                ProcessConstants.FILE_READ_ATTRIBUTES,
                ProcessConstants.FILE_SHARE_READ
                        | ProcessConstants.FILE_SHARE_WRITE
                        | ProcessConstants.FILE_SHARE_DELETE,
                null,
                ProcessConstants.OPEN_EXISTING,
                ProcessConstants.FILE_FLAG_BACKUP_SEMANTICS,
                null);
        if (!Handles.isValid(folder)) {
            return null;
        }
        try (Handles.Owned open = new Handles.Owned(folder)) {
            char[] path = new char[LONGEST_PATH];
            int length = Kernel32Io.Library.KERNEL32.GetFinalPathNameByHandleW(open.get(), path, path.length, 0);
            return NativeStream.isKnownFolder(open.get()) && length > 0 && length < path.length
                    ? new String(path, 0, length)
                    : null;
        }
    }

    @Override
    public void close() {
        pipe.close();
    }
}
