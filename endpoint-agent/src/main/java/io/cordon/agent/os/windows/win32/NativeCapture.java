package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import java.io.IOException;
import java.io.InputStream;

/** A pipe whose write end is inherited. */
final class NativeCapture implements Machine.Capture {
    private static final int CHUNK = 8 * 1024;

    private final Handles.Owned read;
    private final NativeStream write;

    private NativeCapture(Handles.Owned read, NativeStream write) {
        this.read = read;
        this.write = write;
    }

    static NativeCapture create() throws LaunchException {
        Pipe pipe = Pipe.create();
        try (Handles.Owned write = pipe.write()) {
            HANDLEByReference inherited = new HANDLEByReference();
            if (!Kernel32.INSTANCE.DuplicateHandle(
                    Handles.self(),
                    write.get(),
                    Handles.self(),
                    inherited,
                    0,
                    true,
                    ProcessConstants.DUPLICATE_SAME_ACCESS)) {
                LaunchException failure = Handles.failure("pipe", "DuplicateHandle");
                pipe.read().close();
                throw failure;
            }
            return new NativeCapture(pipe.read(), NativeStream.own(inherited.getValue(), Machine.Stream.Kind.PIPE));
        }
    }

    @Override
    public Machine.Stream writeEnd() {
        return write;
    }

    @Override
    public InputStream output() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return length == 0 ? 0 : readSome(into, offset, Math.min(length, CHUNK));
            }
        };
    }

    private int readSome(byte[] into, int offset, int length) throws IOException {
        byte[] chunk = new byte[length];
        IntByReference count = new IntByReference();
        if (!Kernel32.INSTANCE.ReadFile(read.get(), chunk, length, count, null)) {
            int error = Native.getLastError();
            if (error == ProcessConstants.ERROR_BROKEN_PIPE) {
                return -1;
            }
            throw new IOException(Handles.text("ReadFile", error));
        }
        System.arraycopy(chunk, 0, into, offset, count.getValue());
        return count.getValue() == 0 ? -1 : count.getValue();
    }

    @Override
    public void close() {
        write.close();
        read.close();
    }
}
