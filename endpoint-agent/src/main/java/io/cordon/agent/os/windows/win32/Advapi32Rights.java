package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** Privileges and logon rights of accounts, kept by the local security authority. Results are NTSTATUS. */
@Header({"windows.h", "ntsecapi.h"})
interface Advapi32Rights extends StdCallLibrary {
    int LsaOpenPolicy(
            @Nullable Pointer system, LSA_OBJECT_ATTRIBUTES attributes, int access, PointerByReference policy);

    int LsaEnumerateAccountRights(Pointer policy, Pointer sid, PointerByReference rights, IntByReference count);

    int LsaEnumerateAccountsWithUserRight(
            Pointer policy, LSA_UNICODE_STRING right, PointerByReference sids, IntByReference count);

    int LsaAddAccountRights(Pointer policy, Pointer sid, LSA_UNICODE_STRING rights, int count);

    int LsaRemoveAccountRights(Pointer policy, Pointer sid, byte all, LSA_UNICODE_STRING rights, int count);

    int LsaFreeMemory(Pointer buffer);

    int LsaClose(Pointer handle);

    int LsaNtStatusToWinError(int status);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final Advapi32Rights ADVAPI32 = Native.load("advapi32", Advapi32Rights.class);

        private Library() {}
    }

    @Header({"windows.h", "ntsecapi.h"})
    @Structure.FieldOrder({"Length", "MaximumLength", "Buffer"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class LSA_UNICODE_STRING extends Structure {
        public short Length;
        public short MaximumLength;
        public @Nullable Pointer Buffer;

        LSA_UNICODE_STRING() {}

        LSA_UNICODE_STRING(Pointer memory) {
            super(memory);
        }
    }

    @Header({"windows.h", "ntsecapi.h"})
    @Structure.FieldOrder({
        "Length",
        "RootDirectory",
        "ObjectName",
        "Attributes",
        "SecurityDescriptor",
        "SecurityQualityOfService"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class LSA_OBJECT_ATTRIBUTES extends Structure {
        public int Length;
        public @Nullable Pointer RootDirectory;
        public @Nullable Pointer ObjectName;
        public int Attributes;
        public @Nullable Pointer SecurityDescriptor;
        public @Nullable Pointer SecurityQualityOfService;
    }
}
