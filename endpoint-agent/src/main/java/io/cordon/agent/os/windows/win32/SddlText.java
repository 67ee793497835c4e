package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;

/** Descriptors between text and Windows. */
final class SddlText {
    /** {@code SDDL_REVISION_1}. */
    private static final int REVISION = 1;

    private SddlText() {}

    /** A self-relative descriptor in memory of the JVM's. */
    static Memory descriptor(String sddl) throws IOException {
        PointerByReference made = new PointerByReference();
        IntByReference size = new IntByReference();
        if (Advapi32Sddl.Library.ADVAPI32.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                        new WString(sddl), REVISION, made, size)
                == 0) {
            throw Failure.last("ConvertStringSecurityDescriptorToSecurityDescriptorW(" + sddl + ")");
        }
        try {
            Memory copy = new Memory(size.getValue());
            copy.write(0, made.getValue().getByteArray(0, size.getValue()), 0, size.getValue());
            return copy;
        } finally {
            Kernel32.INSTANCE.LocalFree(made.getValue());
        }
    }

    /** The access list alone, as Windows writes it. */
    static String access(Pointer descriptor) throws IOException {
        PointerByReference text = new PointerByReference();
        if (Advapi32Sddl.Library.ADVAPI32.ConvertSecurityDescriptorToStringSecurityDescriptorW(
                        descriptor, REVISION, WinNT.DACL_SECURITY_INFORMATION, text, null)
                == 0) {
            throw Failure.last("ConvertSecurityDescriptorToStringSecurityDescriptorW");
        }
        try {
            return WideText.read(text.getValue());
        } finally {
            Kernel32.INSTANCE.LocalFree(text.getValue());
        }
    }
}
