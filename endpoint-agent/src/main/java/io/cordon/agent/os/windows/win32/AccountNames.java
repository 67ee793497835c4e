package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.DeveloperAccounts.Named;
import java.io.IOException;
import java.util.Optional;

/** Names and SIDs of accounts. */
final class AccountNames {
    private static final int LONGEST = 512;
    private static final int LONGEST_SID = 68;

    private AccountNames() {}

    static Optional<Named> of(Sid sid) throws IOException {
        char[] name = new char[LONGEST];
        char[] domain = new char[LONGEST];
        boolean found = Advapi32.INSTANCE.LookupAccountSid(
                null,
                new WinNT.PSID(sid.bytes()),
                name,
                new IntByReference(LONGEST),
                domain,
                new IntByReference(LONGEST),
                new PointerByReference());
        if (!found) {
            int error = Native.getLastError();
            if (error == AccountConstants.ERROR_NONE_MAPPED) {
                return Optional.empty();
            }
            throw Failure.of("LookupAccountSidW(" + sid + ")", error);
        }
        return Optional.of(new Named(Native.toString(domain), Native.toString(name)));
    }

    /** The SID of an account of this machine; empty when there is none of that name. */
    static Optional<Sid> sid(String name) throws IOException {
        WinNT.PSID sid = new WinNT.PSID(LONGEST_SID);
        char[] domain = new char[LONGEST];
        boolean found = Advapi32.INSTANCE.LookupAccountName(
                null,
                name,
                sid,
                new IntByReference(LONGEST_SID),
                domain,
                new IntByReference(LONGEST),
                new PointerByReference());
        if (!found) {
            int error = Native.getLastError();
            if (error == AccountConstants.ERROR_NONE_MAPPED) {
                return Optional.empty();
            }
            throw Failure.of("LookupAccountNameW(" + name + ")", error);
        }
        return Optional.of(NativeFileSecurity.sid(sid.getPointer()));
    }

    /** The SID of an account that is there. */
    static Sid known(String name) throws IOException {
        return sid(name).orElseThrow(() -> new IOException("account " + name + ": is there, but has no SID yet"));
    }
}
