package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** Services: what jna-platform does not have. */
@Header("windows.h")
interface Advapi32Services extends StdCallLibrary {
    int QueryServiceConfigW(SC_HANDLE service, Pointer config, int size, IntByReference needed);

    int ChangeServiceConfigW(
            SC_HANDLE service,
            int type,
            int start,
            int errorControl,
            WString binaryPath,
            @Nullable WString loadOrderGroup,
            @Nullable IntByReference tagId,
            Pointer dependencies,
            WString account,
            @Nullable WString password,
            WString displayName);

    @Nullable
    SC_HANDLE CreateServiceW(
            SC_HANDLE manager,
            WString name,
            WString displayName,
            int access,
            int type,
            int start,
            int errorControl,
            WString binaryPath,
            @Nullable WString loadOrderGroup,
            @Nullable IntByReference tagId,
            Pointer dependencies,
            WString account,
            @Nullable WString password);

    int ChangeServiceConfig2W(SC_HANDLE service, int level, Pointer info);

    int QueryServiceConfig2W(SC_HANDLE service, int level, Pointer buffer, int size, IntByReference needed);

    int QueryServiceObjectSecurity(
            SC_HANDLE service, int information, Pointer descriptor, int size, IntByReference needed);

    int SetServiceObjectSecurity(SC_HANDLE service, int information, Pointer descriptor);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final Advapi32Services ADVAPI32 = Native.load("advapi32", Advapi32Services.class);

        private Library() {}
    }

    @Header("windows.h")
    @Structure.FieldOrder({
        "dwServiceType",
        "dwStartType",
        "dwErrorControl",
        "lpBinaryPathName",
        "lpLoadOrderGroup",
        "dwTagId",
        "lpDependencies",
        "lpServiceStartName",
        "lpDisplayName"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class QUERY_SERVICE_CONFIGW extends Structure {
        public int dwServiceType;
        public int dwStartType;
        public int dwErrorControl;
        public @Nullable Pointer lpBinaryPathName;
        public @Nullable Pointer lpLoadOrderGroup;
        public int dwTagId;
        public @Nullable Pointer lpDependencies;
        public @Nullable Pointer lpServiceStartName;
        public @Nullable Pointer lpDisplayName;

        QUERY_SERVICE_CONFIGW(Pointer memory) {
            super(memory);
        }
    }

    @Header("windows.h")
    @Structure.FieldOrder({"dwResetPeriod", "lpRebootMsg", "lpCommand", "cActions", "lpsaActions"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class SERVICE_FAILURE_ACTIONSW extends Structure {
        public int dwResetPeriod;
        public @Nullable Pointer lpRebootMsg;
        public @Nullable Pointer lpCommand;
        public int cActions;
        public @Nullable Pointer lpsaActions;

        SERVICE_FAILURE_ACTIONSW(Pointer memory) {
            super(memory);
        }
    }

    @Header("windows.h")
    @Structure.FieldOrder({"Type", "Delay"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class SC_ACTION extends Structure {
        public int Type;
        public int Delay;

        SC_ACTION(Pointer memory) {
            super(memory);
        }
    }
}
