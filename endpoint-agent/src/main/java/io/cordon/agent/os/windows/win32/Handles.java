package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.Kernel32Util;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import io.cordon.agent.os.windows.launch.LaunchException;
import org.jspecify.annotations.Nullable;

/** Handles as numbers, which is how they travel outside this package, and what a failed call says. */
final class Handles {
    private Handles() {}

    static HANDLE of(long value) {
        return new HANDLE(new Pointer(value));
    }

    static long value(@Nullable HANDLE handle) {
        return handle == null ? 0 : Pointer.nativeValue(handle.getPointer());
    }

    static boolean isValid(@Nullable HANDLE handle) {
        return handle != null && value(handle) != 0 && !WinBase.INVALID_HANDLE_VALUE.equals(handle);
    }

    /** The current process, as a pseudo handle. */
    static HANDLE self() {
        return Kernel32.INSTANCE.GetCurrentProcess();
    }

    static void close(@Nullable HANDLE handle) {
        if (isValid(handle) && !Kernel32.INSTANCE.CloseHandle(handle)) {
            System.getLogger(Handles.class.getName())
                    .log(System.Logger.Level.ERROR, text("CloseHandle", Native.getLastError()));
        }
    }

    /** One line with the call, the number and the system's own text for it. */
    static String text(String call, int error) {
        String meaning;
        try {
            meaning = Kernel32Util.formatMessage(error).strip();
        } catch (RuntimeException e) {
            meaning = "no text";
        }
        return call + ": error " + Integer.toUnsignedString(error) + " (" + meaning + ")";
    }

    /** The call that failed last on this thread. */
    static LaunchException failure(String stage, String call) {
        return failure(stage, call, Native.getLastError());
    }

    static LaunchException failure(String stage, String call, int error) {
        return new LaunchException(stage, error, text(call, error));
    }

    /** One that closes once. */
    static final class Owned implements AutoCloseable {
        private @Nullable HANDLE handle;

        Owned(HANDLE handle) {
            this.handle = handle;
        }

        static Owned of(WinNT.HANDLEByReference reference) {
            return new Owned(reference.getValue());
        }

        synchronized HANDLE get() {
            if (handle == null) {
                throw new IllegalStateException("a closed handle was used");
            }
            return handle;
        }

        synchronized boolean isOpen() {
            return handle != null;
        }

        @Override
        public synchronized void close() {
            if (handle != null) {
                Handles.close(handle);
                handle = null;
            }
        }
    }
}
