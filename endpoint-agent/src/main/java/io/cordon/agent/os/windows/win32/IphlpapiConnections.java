package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.platform.win32.WinNT.LARGE_INTEGER;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** TCP connections with who made them and when. Ports and IPv4 addresses are in network order. */
@Header({"winsock2.h", "windows.h", "iphlpapi.h"})
interface IphlpapiConnections extends StdCallLibrary {
    int GetExtendedTcpTable(
            @Nullable Pointer table, IntByReference size, boolean order, int family, int tableClass, int reserved);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final IphlpapiConnections IPHLPAPI = Native.load("iphlpapi", IphlpapiConnections.class);

        private Library() {}
    }

    @Header({"winsock2.h", "windows.h", "iphlpapi.h"})
    @Structure.FieldOrder({
        "dwState",
        "dwLocalAddr",
        "dwLocalPort",
        "dwRemoteAddr",
        "dwRemotePort",
        "dwOwningPid",
        "liCreateTimestamp",
        "OwningModuleInfo"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class MIB_TCPROW_OWNER_MODULE extends Structure {
        public int dwState;
        public int dwLocalAddr;
        public int dwLocalPort;
        public int dwRemoteAddr;
        public int dwRemotePort;
        public int dwOwningPid;
        public LARGE_INTEGER liCreateTimestamp;
        public long[] OwningModuleInfo = new long[16];

        public MIB_TCPROW_OWNER_MODULE() {}

        public MIB_TCPROW_OWNER_MODULE(Pointer memory) {
            super(memory);
            read();
        }
    }

    @Header({"winsock2.h", "windows.h", "iphlpapi.h"})
    @Structure.FieldOrder({
        "ucLocalAddr",
        "dwLocalScopeId",
        "dwLocalPort",
        "ucRemoteAddr",
        "dwRemoteScopeId",
        "dwRemotePort",
        "dwState",
        "dwOwningPid",
        "liCreateTimestamp",
        "OwningModuleInfo"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class MIB_TCP6ROW_OWNER_MODULE extends Structure {
        public byte[] ucLocalAddr = new byte[16];
        public int dwLocalScopeId;
        public int dwLocalPort;
        public byte[] ucRemoteAddr = new byte[16];
        public int dwRemoteScopeId;
        public int dwRemotePort;
        public int dwState;
        public int dwOwningPid;
        public LARGE_INTEGER liCreateTimestamp;
        public long[] OwningModuleInfo = new long[16];

        public MIB_TCP6ROW_OWNER_MODULE() {}

        public MIB_TCP6ROW_OWNER_MODULE(Pointer memory) {
            super(memory);
            read();
        }
    }

    /** Of one row; followed by as many as it counts. */
    @Header({"winsock2.h", "windows.h", "iphlpapi.h"})
    @Structure.FieldOrder({"dwNumEntries", "table"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class MIB_TCPTABLE_OWNER_MODULE extends Structure {
        public int dwNumEntries;
        public MIB_TCPROW_OWNER_MODULE[] table = new MIB_TCPROW_OWNER_MODULE[1];
    }

    /** Of one row; followed by as many as it counts. */
    @Header({"winsock2.h", "windows.h", "iphlpapi.h"})
    @Structure.FieldOrder({"dwNumEntries", "table"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class MIB_TCP6TABLE_OWNER_MODULE extends Structure {
        public int dwNumEntries;
        public MIB_TCP6ROW_OWNER_MODULE[] table = new MIB_TCP6ROW_OWNER_MODULE[1];
    }
}
