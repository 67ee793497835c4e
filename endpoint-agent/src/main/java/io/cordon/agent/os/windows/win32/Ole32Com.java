package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Guid.GUID;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** Apartments and objects; results are HRESULTs, which jna-platform has as a type of another width elsewhere. */
@Header("objbase.h")
interface Ole32Com extends StdCallLibrary {
    int CLSCTX_INPROC_SERVER = 1;
    int COINIT_APARTMENTTHREADED = 2;

    /** Loads the DLL where it is first used, and nowhere else. */
    final class Loaded {
        static final Ole32Com INSTANCE = Native.load("ole32", Ole32Com.class);

        private Loaded() {}
    }

    int CoInitializeEx(@Nullable Pointer reserved, int coInit);

    void CoUninitialize();

    int CoCreateInstance(GUID clsid, @Nullable Pointer outer, int context, GUID iid, PointerByReference made);
}
