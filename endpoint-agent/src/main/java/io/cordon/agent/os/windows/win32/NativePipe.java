package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.launch.PipeAddress;
import io.cordon.agent.os.windows.launch.PipeConnection;
import io.cordon.agent.os.windows.launch.PipeListener;
import java.io.IOException;

/** The named pipe. The next instance waits before a caller is taken in, so that the name is never free for somebody else. */
public final class NativePipe implements PipeListener {
    private static final Kernel32Io KERNEL32 = Kernel32Io.Library.KERNEL32;
    private static final int BUFFER = 64 * 1024;

    private final PipeAddress address;
    private final Sid sandboxGroup;
    private OverlappedFile waiting;
    private boolean closed;

    private NativePipe(PipeAddress address, Sid sandboxGroup) throws IOException {
        this.address = address;
        this.sandboxGroup = sandboxGroup;
        this.waiting = instance(ProcessConstants.FILE_FLAG_FIRST_PIPE_INSTANCE);
    }

    /** @param sandboxGroup whose members are marked in what is attested */
    public static PipeListener.Source at(PipeAddress address, Sid sandboxGroup) {
        return () -> new NativePipe(address, sandboxGroup);
    }

    private OverlappedFile instance(int first) throws IOException {
        try (SecurityAttributes security = SecurityAttributes.of(address.sddl())) {
            HANDLE pipe = KERNEL32.CreateNamedPipeW(
                    new WString(address.path()),
                    ProcessConstants.PIPE_ACCESS_DUPLEX | ProcessConstants.FILE_FLAG_OVERLAPPED | first,
                    ProcessConstants.PIPE_TYPE_BYTE | ProcessConstants.PIPE_REJECT_REMOTE_CLIENTS,
                    ProcessConstants.PIPE_UNLIMITED_INSTANCES,
                    BUFFER,
                    BUFFER,
                    0,
                    security.pointer());
            if (!Handles.isValid(pipe)) {
                throw new IOException(Handles.text("CreateNamedPipeW(" + address.path() + ")", Native.getLastError())
                        + "; if another process has the name, end it");
            }
            return new OverlappedFile(pipe);
        }
    }

    @Override
    public PipeConnection accept() throws IOException {
        while (true) {
            OverlappedFile pipe = current();
            int result = pipe.await(
                    (handle, overlapped, transferred) -> KERNEL32.ConnectNamedPipe(handle, overlapped.getPointer()));
            if (result >= 0 || result == -ProcessConstants.ERROR_PIPE_CONNECTED) {
                renew();
                return new NativeConnection(pipe, sandboxGroup);
            }
            if (result != -ProcessConstants.ERROR_NO_DATA) {
                throw new IOException(Handles.text("ConnectNamedPipe", -result));
            }
            // It came and went before it was seen.
            renew();
            pipe.close();
        }
    }

    private synchronized OverlappedFile current() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        return waiting;
    }

    private synchronized void renew() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        waiting = instance(0);
    }

    @Override
    public synchronized void close() {
        closed = true;
        waiting.close();
    }
}
