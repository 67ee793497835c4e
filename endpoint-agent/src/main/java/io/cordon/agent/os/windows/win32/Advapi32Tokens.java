package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.platform.win32.WinNT.LARGE_INTEGER;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.NullUnmarked;

/** Tokens, impersonation, and starting processes with a token. */
@Header({"windows.h", "sddl.h"})
@NullUnmarked // What may be null, the documentation of each function says.
interface Advapi32Tokens extends StdCallLibrary {
    /**
     * @param password with a final NUL
     * @param groups a {@code TOKEN_GROUPS} of what the token has besides; a caller that gives any needs {@code SeTcbPrivilege}
     */
    boolean LogonUserExExW(
            WString user,
            WString domain,
            Pointer password,
            int type,
            int provider,
            Pointer groups,
            HANDLEByReference token,
            Pointer logonSid,
            Pointer profile,
            Pointer profileLength,
            Pointer quotas);

    boolean AllocateLocallyUniqueId(LUID luid);

    boolean ImpersonateNamedPipeClient(HANDLE pipe);

    boolean CreateRestrictedToken(
            HANDLE token,
            int flags,
            int disableCount,
            Pointer disable,
            int deleteCount,
            Pointer delete,
            int restrictCount,
            Pointer restrict,
            HANDLEByReference restricted);

    boolean GetTokenInformation(
            HANDLE token, int informationClass, Pointer information, int length, IntByReference returned);

    boolean SetTokenInformation(HANDLE token, int informationClass, Pointer information, int length);

    boolean LookupPrivilegeValueW(WString system, WString name, LUID privilege);

    boolean AdjustTokenPrivileges(
            HANDLE token,
            boolean disableAll,
            TOKEN_PRIVILEGES privileges,
            int length,
            Pointer previous,
            Pointer returned);

    boolean CheckTokenMembership(HANDLE token, Pointer sid, IntByReference member);

    boolean ConvertStringSecurityDescriptorToSecurityDescriptorW(
            WString text, int revision, PointerByReference descriptor, IntByReference size);

    boolean GetSecurityDescriptorDacl(
            Pointer descriptor, IntByReference present, PointerByReference dacl, IntByReference defaulted);

    /** @param commandLine changed by the call */
    boolean CreateProcessAsUserW(
            HANDLE token,
            WString application,
            Pointer commandLine,
            Pointer processAttributes,
            Pointer threadAttributes,
            boolean inheritHandles,
            int flags,
            Pointer environment,
            WString cwd,
            Pointer startupInfo,
            Pointer processInformation);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final Advapi32Tokens ADVAPI32 = Native.load("advapi32", Advapi32Tokens.class);

        private Library() {}
    }

    @Header("windows.h")
    @Structure.FieldOrder({"LowPart", "HighPart"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class LUID extends Structure {
        public int LowPart;
        public int HighPart;
    }

    @Header("windows.h")
    @Structure.FieldOrder({
        "TokenId",
        "AuthenticationId",
        "ExpirationTime",
        "TokenType",
        "ImpersonationLevel",
        "DynamicCharged",
        "DynamicAvailable",
        "GroupCount",
        "PrivilegeCount",
        "ModifiedId"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class TOKEN_STATISTICS extends Structure {
        public LUID TokenId;
        public LUID AuthenticationId;
        public LARGE_INTEGER ExpirationTime;
        public int TokenType;
        public int ImpersonationLevel;
        public int DynamicCharged;
        public int DynamicAvailable;
        public int GroupCount;
        public int PrivilegeCount;
        public LUID ModifiedId;

        public TOKEN_STATISTICS(Pointer memory) {
            super(memory);
            read();
        }
    }

    @Header("windows.h")
    @Structure.FieldOrder({"DefaultDacl"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class TOKEN_DEFAULT_DACL extends Structure {
        public Pointer DefaultDacl;
    }

    @Header("windows.h")
    @Structure.FieldOrder({"nLength", "lpSecurityDescriptor", "bInheritHandle"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class SECURITY_ATTRIBUTES extends Structure {
        public int nLength;
        public Pointer lpSecurityDescriptor;
        public int bInheritHandle;
    }

    @Header("windows.h")
    @Structure.FieldOrder({"Sid", "Attributes"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class SID_AND_ATTRIBUTES extends Structure {
        public Pointer Sid;
        public int Attributes;

        public SID_AND_ATTRIBUTES() {}

        public SID_AND_ATTRIBUTES(Pointer memory) {
            super(memory);
            read();
        }
    }

    @Header("windows.h")
    @Structure.FieldOrder({"Luid", "Attributes"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class LUID_AND_ATTRIBUTES extends Structure {
        public LUID Luid;
        public int Attributes;
    }

    /** Of one privilege. */
    @Header("windows.h")
    @Structure.FieldOrder({"PrivilegeCount", "Privileges"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class TOKEN_PRIVILEGES extends Structure {
        public int PrivilegeCount;
        public LUID_AND_ATTRIBUTES[] Privileges = new LUID_AND_ATTRIBUTES[1];
    }

    /** Followed by as many as it counts. */
    @Header("windows.h")
    @Structure.FieldOrder({"GroupCount", "Groups"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class TOKEN_GROUPS extends Structure {
        public int GroupCount;
        public SID_AND_ATTRIBUTES[] Groups = new SID_AND_ATTRIBUTES[1];

        public TOKEN_GROUPS(Pointer memory) {
            super(memory);
            read();
        }
    }
}
