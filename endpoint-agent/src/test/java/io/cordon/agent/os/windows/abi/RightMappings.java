package io.cordon.agent.os.windows.abi;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Union;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import io.cordon.agent.os.windows.win32.Header;
import java.util.List;

/** One mapping of every kind, as it should be. */
public final class RightMappings {
    static final List<Class<?>> CLASSES = List.of(
            FWP_BYTE_BLOB.class,
            FWP_BYTE_BLOB.ByReference.class,
            FWP_VALUE0.class,
            FWP_VALUE0.Value.class,
            Fwpuclnt.class,
            LPTHREAD_START_ROUTINE.class,
            FwpConstants.class,
            FirewallGuids.class,
            PolicySlots.class,
            Wiring.class);

    static final int ELEMENTS = 2 + 6 + 2 + 1 + 5 + 1 + 1;

    private RightMappings() {}

    @Header("fwptypes.h")
    @Structure.FieldOrder({"size", "data"})
    public static class FWP_BYTE_BLOB extends Structure {
        public int size;
        public Pointer data;

        public static class ByReference extends FWP_BYTE_BLOB implements Structure.ByReference {}
    }

    @Header("fwptypes.h")
    @Structure.FieldOrder({"type", "value"})
    public static class FWP_VALUE0 extends Structure {
        public int type;
        public Value value;

        /** Has no name in the header, and fewer members here than there. */
        public static class Value extends Union {
            public short uint16;
            public int uint32;
            public FWP_BYTE_BLOB.ByReference sd;
        }
    }

    @Header("fwpmu.h")
    interface Fwpuclnt extends StdCallLibrary {
        int FwpmEngineOpen0(
                WString serverName, int authnService, Pointer authIdentity, Pointer session, PointerByReference engine);

        int FwpmEngineClose0(Pointer engine);
    }

    @Header("windows.h")
    interface LPTHREAD_START_ROUTINE extends StdCallLibrary.StdCallCallback {
        int run(Pointer parameter);
    }

    @Header({"fwpmu.h", "ntsecapi.h"})
    static final class FwpConstants {
        static final int FWP_E_ALREADY_EXISTS = 0x80320009;
        static final int FWP_UINT16 = 2;
        static final long INVALID_HANDLE_VALUE = -1;
        static final int FILE_ALL_ACCESS = 0x1f01ff;
        static final String SE_BATCH_LOGON_NAME = "SeBatchLogonRight";

        private FwpConstants() {}
    }

    @Header("netfw.h")
    static final class FirewallGuids {
        static final String IID_INetFwPolicy2 = "98325047-c671-4174-8d81-defcd3f03186";

        private FirewallGuids() {}
    }

    @Header(value = "netfw.h", type = "INetFwPolicy2")
    static final class PolicySlots {
        static final int get_Rules = 18;

        private PolicySlots() {}
    }

    /** Code: it loads what is mapped and calls what others have mapped. */
    static final class Wiring {
        static final int ATTEMPTS_OF_OURS = 3;

        Fwpuclnt load() {
            return Native.load("fwpuclnt", Fwpuclnt.class);
        }

        boolean close(com.sun.jna.platform.win32.WinNT.HANDLE handle) {
            return Kernel32.INSTANCE.CloseHandle(handle);
        }
    }
}
