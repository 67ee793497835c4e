package io.cordon.agent.os.windows.win32;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import io.cordon.agent.os.windows.launch.LaunchException;

/** Both ends of an anonymous pipe, neither of them inherited. */
record Pipe(Handles.Owned read, Handles.Owned write) implements AutoCloseable {
    static Pipe create() throws LaunchException {
        HANDLEByReference read = new HANDLEByReference();
        HANDLEByReference write = new HANDLEByReference();
        if (!Kernel32.INSTANCE.CreatePipe(read, write, null, 0)) {
            throw Handles.failure("pipe", "CreatePipe");
        }
        return new Pipe(Handles.Owned.of(read), Handles.Owned.of(write));
    }

    @Override
    public void close() {
        read.close();
        write.close();
    }
}
