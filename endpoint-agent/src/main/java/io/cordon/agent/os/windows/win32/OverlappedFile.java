package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.lang.ref.Reference;

/**
 * A handle for overlapped input and output that can be closed while threads wait in it: they come back with an error, and only
 * then is the handle given back, so that its number cannot come to mean something else under them.
 */
final class OverlappedFile implements AutoCloseable {
    private static final Kernel32Io KERNEL32 = Kernel32Io.Library.KERNEL32;

    private final HANDLE handle;
    private int users;
    private boolean closing;
    private boolean closed;

    OverlappedFile(HANDLE handle) {
        this.handle = handle;
    }

    HANDLE handle() {
        return handle;
    }

    /** Starts an operation; false with the last error set when it did not succeed at once. */
    @FunctionalInterface
    interface Operation {
        boolean start(HANDLE handle, WinBase.OVERLAPPED overlapped, IntByReference transferred);
    }

    /**
     * Starts the operation and waits for its end.
     *
     * @return the bytes it transferred, or the negative of its error
     */
    int await(Operation operation) throws IOException {
        HANDLE event = Kernel32.INSTANCE.CreateEvent(null, true, false, null);
        if (event == null) {
            throw new IOException(Handles.text("CreateEventW", Native.getLastError()));
        }
        try {
            return await(operation, event);
        } finally {
            Handles.close(event);
        }
    }

    private int await(Operation operation, HANDLE event) throws IOException {
        WinBase.OVERLAPPED overlapped = new WinBase.OVERLAPPED();
        overlapped.hEvent = event;
        overlapped.write();
        overlapped.setAutoSynch(false);
        IntByReference transferred = new IntByReference();
        boolean done;
        int error;
        synchronized (this) {
            if (closing) {
                throw new IOException("closed");
            }
            users++;
            // Within the lock, so that closing cancels it or keeps it from starting.
            done = operation.start(handle, overlapped, transferred);
            error = done ? 0 : Native.getLastError();
        }
        try {
            if (!done && error == ProcessConstants.ERROR_IO_PENDING) {
                done = KERNEL32.GetOverlappedResult(handle, overlapped.getPointer(), transferred, true);
                error = done ? 0 : Native.getLastError();
            }
            return done ? transferred.getValue() : -error;
        } finally {
            // Windows writes into it until the operation has ended.
            Reference.reachabilityFence(overlapped);
            leave();
        }
    }

    /** @return bytes read, or -1 at the end */
    int read(byte[] into, int offset, int length) throws IOException {
        try (Memory buffer = new Memory(length)) {
            int read = await((file, overlapped, count) ->
                    KERNEL32.ReadFile(file, buffer, length, count, overlapped.getPointer()));
            if (read > 0) {
                buffer.read(0, into, offset, read);
            }
            return read > 0 ? read : end("ReadFile", -read);
        }
    }

    private static int end(String call, int error) throws IOException {
        switch (error) {
            case 0,
                    ProcessConstants.ERROR_HANDLE_EOF,
                    ProcessConstants.ERROR_BROKEN_PIPE,
                    ProcessConstants.ERROR_PIPE_NOT_CONNECTED,
                    ProcessConstants.ERROR_OPERATION_ABORTED -> {
                return -1;
            }
            default -> throw new IOException(Handles.text(call, error));
        }
    }

    void write(byte[] from, int offset, int length) throws IOException {
        int written = 0;
        while (written < length) {
            int at = written;
            try (Memory buffer = new Memory(length - at)) {
                buffer.write(0, from, offset + at, length - at);
                int count = await((file, overlapped, transferred) ->
                        KERNEL32.WriteFile(file, buffer, length - at, transferred, overlapped.getPointer()));
                if (count <= 0) {
                    throw new IOException(Handles.text("WriteFile", -count));
                }
                written += count;
            }
        }
    }

    private synchronized void leave() {
        users--;
        release();
    }

    @Override
    public synchronized void close() {
        if (!closing) {
            closing = true;
            if (users > 0) {
                KERNEL32.CancelIoEx(handle, null);
            }
        }
        release();
    }

    private void release() {
        if (closing && users == 0 && !closed) {
            closed = true;
            Handles.close(handle);
        }
    }
}
