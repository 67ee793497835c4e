package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Guid.GUID;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** The management calls of the Windows Filtering Platform. Each returns a Windows error or FWP_E code, 0 for success. */
@Header("fwpmu.h")
interface Fwpuclnt extends StdCallLibrary {
    /** Loads the DLL where it is first used, and nowhere else. */
    final class Loaded {
        static final Fwpuclnt INSTANCE = Native.load("fwpuclnt", Fwpuclnt.class);

        private Loaded() {}
    }

    int FwpmEngineOpen0(
            @Nullable WString serverName,
            int authnService,
            @Nullable Pointer authIdentity,
            FwpmTypes.FWPM_SESSION0 session,
            HANDLEByReference engineHandle);

    int FwpmEngineClose0(HANDLE engineHandle);

    int FwpmTransactionBegin0(HANDLE engineHandle, int flags);

    int FwpmTransactionCommit0(HANDLE engineHandle);

    int FwpmTransactionAbort0(HANDLE engineHandle);

    int FwpmProviderAdd0(HANDLE engineHandle, FwpmTypes.FWPM_PROVIDER0 provider, Pointer sd);

    int FwpmProviderDeleteByKey0(HANDLE engineHandle, GUID key);

    int FwpmProviderGetByKey0(HANDLE engineHandle, GUID key, PointerByReference provider);

    int FwpmProviderGetSecurityInfoByKey0(
            HANDLE engineHandle,
            GUID key,
            int securityInfo,
            PointerByReference sidOwner,
            PointerByReference sidGroup,
            PointerByReference dacl,
            PointerByReference sacl,
            PointerByReference securityDescriptor);

    int FwpmSubLayerAdd0(HANDLE engineHandle, FwpmTypes.FWPM_SUBLAYER0 subLayer, Pointer sd);

    int FwpmSubLayerDeleteByKey0(HANDLE engineHandle, GUID key);

    int FwpmSubLayerGetByKey0(HANDLE engineHandle, GUID key, PointerByReference subLayer);

    int FwpmSubLayerGetSecurityInfoByKey0(
            HANDLE engineHandle,
            GUID key,
            int securityInfo,
            PointerByReference sidOwner,
            PointerByReference sidGroup,
            PointerByReference dacl,
            PointerByReference sacl,
            PointerByReference securityDescriptor);

    int FwpmFilterAdd0(HANDLE engineHandle, FwpmTypes.FWPM_FILTER0 filter, Pointer sd, LongByReference id);

    int FwpmFilterDeleteByKey0(HANDLE engineHandle, GUID key);

    int FwpmFilterGetSecurityInfoByKey0(
            HANDLE engineHandle,
            GUID key,
            int securityInfo,
            PointerByReference sidOwner,
            PointerByReference sidGroup,
            PointerByReference dacl,
            PointerByReference sacl,
            PointerByReference securityDescriptor);

    int FwpmFilterCreateEnumHandle0(
            HANDLE engineHandle, FwpmTypes.FWPM_FILTER_ENUM_TEMPLATE0 enumTemplate, HANDLEByReference enumHandle);

    int FwpmFilterEnum0(
            HANDLE engineHandle,
            HANDLE enumHandle,
            int numEntriesRequested,
            PointerByReference entries,
            IntByReference numEntriesReturned);

    int FwpmFilterDestroyEnumHandle0(HANDLE engineHandle, HANDLE enumHandle);

    void FwpmFreeMemory0(PointerByReference p);
}
