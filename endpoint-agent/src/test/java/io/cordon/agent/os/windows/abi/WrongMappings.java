package io.cordon.agent.os.windows.abi;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Union;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinReg;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import io.cordon.agent.os.windows.win32.Header;
import java.util.List;

/** Mappings with one mistake each, of every kind that the check is there to find. */
public final class WrongMappings {
    static final List<Class<?>> CLASSES = List.of(
            FWP_BYTE_BLOB.class,
            FWP_V4_ADDR_AND_MASK.class,
            FWP_RANGE0.class,
            FWP_VALUE0.class,
            FWP_VALUE0.Value.class,
            SECURITY_ATTRIBUTES.class,
            SID_AND_ATTRIBUTES.class,
            Unclaimed.class,
            Fwpuclnt.class,
            WrongDll.class,
            NeverLoaded.class,
            NotStdCall.class,
            NoHeader.class,
            LPTHREAD_START_ROUTINE.class,
            SomeConstants.class,
            SomeGuids.class,
            SomeSlots.class,
            UnknownKind.class,
            Wiring.class);

    private WrongMappings() {}

    @Header("fwptypes.h")
    @Structure.FieldOrder({"data", "size"})
    public static class FWP_BYTE_BLOB extends Structure {
        public Pointer data;
        public int size;
    }

    @Header("fwptypes.h")
    @Structure.FieldOrder({"addr", "mask", "more"})
    public static class FWP_V4_ADDR_AND_MASK extends Structure {
        public int addr;
        public short mask;
        public int more;
    }

    @Header(value = "fwptypes.h", type = "FWP_BYTE_BLOB")
    @Structure.FieldOrder({"size", "data"})
    public static class FWP_RANGE0 extends Structure {
        public int size;
        public long data;
    }

    @Header("fwptypes.h")
    @Structure.FieldOrder({"type", "value"})
    public static class FWP_VALUE0 extends Structure {
        public int type;
        public Value value;

        public static class Value extends Union {
            public long uint64;
            public short uint32;
        }
    }

    @Header("windows.h")
    @Structure.FieldOrder({"nLength", "lpSecurityDescriptor", "bInheritHandle"})
    public static class SECURITY_ATTRIBUTES extends Structure {
        public NativeLong nLength;
        public Pointer lpSecurityDescriptor;
        public int bInheritHandle;
    }

    @Header("windows.h")
    @Structure.FieldOrder({"Sid", "Attributes"})
    public static class SID_AND_ATTRIBUTES extends Structure {
        public Pointer Sid;
        public char Attributes;
    }

    @Structure.FieldOrder("value")
    public static class Unclaimed extends Structure {
        public int value;
    }

    @Header("fwpmu.h")
    interface Fwpuclnt extends StdCallLibrary {
        int FwpmEngineOpen0(Pointer serverName, int authnService, Pointer authIdentity, PointerByReference engine);

        int FwpmTransactionBegin0(Pointer engine, long flags);

        int FwpmFilterDeleteById0(Pointer engine, Pointer id);

        long FwpmEngineClose0(Pointer engine);

        int FwpmSubLayerAdd(Pointer engine, Pointer subLayer, Pointer descriptor);

        int FwpmFilterAdd0(Pointer engine, Pointer filter, Pointer descriptor, IntByReference id);

        int CreateFile(Pointer name);
    }

    @Header("windows.h")
    interface WrongDll extends StdCallLibrary {
        int GetCurrentProcessId();
    }

    @Header("windows.h")
    interface NeverLoaded extends StdCallLibrary {
        int GetCurrentThreadId();
    }

    @Header("windows.h")
    interface NotStdCall extends Library {
        int GetTickCount();
    }

    interface NoHeader extends StdCallLibrary {
        int GetTickCount();
    }

    @Header("windows.h")
    interface LPTHREAD_START_ROUTINE extends StdCallLibrary.StdCallCallback {
        int run(int parameter);
    }

    @Header({"fwpmu.h", "ntsecapi.h"})
    static final class SomeConstants {
        static final int FWP_E_ALREADY_EXISTS = 0x80320008;
        static final int FWP_UINT_16 = 2;
        static final String SE_BATCH_LOGON_NAME = "SeBatchLogonRights";

        private SomeConstants() {}
    }

    @Header("netfw.h")
    static final class SomeGuids {
        static final String IID_INetFwPolicy2 = "98325047-c671-4174-8d81-defcd3f03187";
        static final String IID_INetFwRule9 = "98325047-c671-4174-8d81-defcd3f03186";

        private SomeGuids() {}
    }

    @Header(value = "netfw.h", type = "INetFwPolicy2")
    static final class SomeSlots {
        static final int get_Rules = 17;

        private SomeSlots() {}
    }

    @Header("windows.h")
    static final class UnknownKind {
        private UnknownKind() {}
    }

    static final class Wiring {
        static final int ERROR_ACCESS_DENIED = 5;

        int others(WinReg.HKEY key) {
            IntByReference size = new IntByReference();
            Advapi32.INSTANCE.RegQueryValueEx(key, "value", 0, size, (char[]) null, size);
            return Kernel32.INSTANCE.GetTickCount();
        }

        Object load(String name) {
            NativeLibrary.getInstance("kernel32");
            return List.of(
                    Native.load("fwpuclnt", Fwpuclnt.class),
                    Native.load("advapi32", WrongDll.class),
                    Native.load(name, NotStdCall.class));
        }
    }
}
