package io.cordon.agent.os.windows.win32;

import static io.cordon.agent.os.windows.win32.Advapi32Rights.Library.ADVAPI32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** The local security authority's rights. */
final class AccountRights {
    private static final int ACCESS = AccountConstants.POLICY_VIEW_LOCAL_INFORMATION
            | AccountConstants.POLICY_CREATE_ACCOUNT
            | AccountConstants.POLICY_LOOKUP_NAMES;

    private AccountRights() {}

    @FunctionalInterface
    private interface Use<T> {
        T with(Pointer policy) throws IOException;
    }

    private static <T> T policy(Use<T> use) throws IOException {
        var attributes = new Advapi32Rights.LSA_OBJECT_ATTRIBUTES();
        attributes.Length = attributes.size();
        PointerByReference policy = new PointerByReference();
        require("LsaOpenPolicy", ADVAPI32.LsaOpenPolicy(null, attributes, ACCESS, policy));
        try {
            return use.with(policy.getValue());
        } finally {
            ADVAPI32.LsaClose(policy.getValue());
        }
    }

    private static void require(String call, int status) throws IOException {
        if (status != 0) {
            throw Failure.of(call, ADVAPI32.LsaNtStatusToWinError(status));
        }
    }

    /** An account that never had a right is not known to the authority (error 2), which is no failure. */
    private static boolean found(String call, int status) throws IOException {
        if (status != 0 && ADVAPI32.LsaNtStatusToWinError(status) == AccountConstants.ERROR_FILE_NOT_FOUND) {
            return false;
        }
        require(call, status);
        return true;
    }

    static Set<String> of(Sid sid) throws IOException {
        return policy(policy -> {
            PointerByReference rights = new PointerByReference();
            IntByReference count = new IntByReference();
            try (Memory binary = sid(sid)) {
                int status = ADVAPI32.LsaEnumerateAccountRights(policy, binary, rights, count);
                if (!found("LsaEnumerateAccountRights(" + sid + ")", status)) {
                    return Set.<String>of();
                }
            }
            Set<String> names = new HashSet<>();
            int size = new Advapi32Rights.LSA_UNICODE_STRING().size();
            for (int i = 0; i < count.getValue(); i++) {
                var name =
                        new Advapi32Rights.LSA_UNICODE_STRING(rights.getValue().share((long) i * size));
                name.read();
                if (name.Buffer != null) {
                    names.add(new String(name.Buffer.getCharArray(0, Short.toUnsignedInt(name.Length) / 2)));
                }
            }
            ADVAPI32.LsaFreeMemory(rights.getValue());
            return names;
        });
    }

    /** Nobody (error 259 of the authority's numbers) is no failure. */
    static Set<Sid> holders(String right) throws IOException {
        return policy(policy -> {
            PointerByReference sids = new PointerByReference();
            IntByReference count = new IntByReference();
            try (Memory text = WideText.of(right)) {
                int status = ADVAPI32.LsaEnumerateAccountsWithUserRight(policy, unicode(text, right), sids, count);
                if (status == NO_MORE_ENTRIES || !found("LsaEnumerateAccountsWithUserRight(" + right + ")", status)) {
                    return Set.<Sid>of();
                }
            }
            Set<Sid> holders = new HashSet<>();
            for (int i = 0; i < count.getValue(); i++) {
                holders.add(NativeFileSecurity.sid(sids.getValue().getPointer((long) i * Native.POINTER_SIZE)));
            }
            ADVAPI32.LsaFreeMemory(sids.getValue());
            return holders;
        });
    }

    /** The status for an empty list, from {@code ntstatus.h}. */
    private static final int NO_MORE_ENTRIES = 0x8000001A;

    static void grant(Sid sid, String right) throws IOException {
        policy(policy -> {
            try (Memory binary = sid(sid);
                    Memory text = WideText.of(right)) {
                require(
                        "LsaAddAccountRights(" + sid + ", " + right + ")",
                        ADVAPI32.LsaAddAccountRights(policy, binary, unicode(text, right), 1));
            }
            return true;
        });
    }

    static void revoke(Sid sid, String right) throws IOException {
        policy(policy -> {
            try (Memory binary = sid(sid);
                    Memory text = WideText.of(right)) {
                return found(
                        "LsaRemoveAccountRights(" + sid + ", " + right + ")",
                        ADVAPI32.LsaRemoveAccountRights(policy, binary, (byte) 0, unicode(text, right), 1));
            }
        });
    }

    private static Advapi32Rights.LSA_UNICODE_STRING unicode(Memory text, String value) {
        var unicode = new Advapi32Rights.LSA_UNICODE_STRING();
        unicode.Length = (short) (value.length() * Native.WCHAR_SIZE);
        unicode.MaximumLength = (short) text.size();
        unicode.Buffer = text;
        return unicode;
    }

    static Memory sid(Sid sid) {
        byte[] bytes = sid.bytes();
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }
}
