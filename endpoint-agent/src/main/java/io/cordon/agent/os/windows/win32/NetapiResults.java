package io.cordon.agent.os.windows.win32;

import static io.cordon.agent.os.windows.win32.NetapiAccounts.Library.NETAPI32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the network API's calls on accounts come back with. */
final class NetapiResults {
    private NetapiResults() {}

    /** @param tolerated numbers that are no failure here */
    static void require(String call, int error, int... tolerated) throws IOException {
        for (int each : tolerated) {
            if (error == each) {
                return;
            }
        }
        if (error != AccountConstants.NERR_Success) {
            throw Failure.of(call, error);
        }
    }

    @FunctionalInterface
    interface Read<T> {
        T from(Pointer buffer) throws IOException;
    }

    /** What a call left in its buffer, which is freed. */
    static <T> T read(PointerByReference buffer, Read<T> read) throws IOException {
        try {
            return read.from(buffer.getValue());
        } finally {
            NETAPI32.NetApiBufferFree(buffer.getValue());
        }
    }

    /** Structures of one pointer to a name each. */
    static List<String> names(Pointer memory, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(memory.getPointer((long) i * Native.POINTER_SIZE).getWideString(0));
        }
        return names;
    }
}
