package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** Security descriptors as text and back. */
@Header({"windows.h", "sddl.h"})
interface Advapi32Sddl extends StdCallLibrary {
    int ConvertStringSecurityDescriptorToSecurityDescriptorW(
            WString text, int revision, PointerByReference descriptor, IntByReference size);

    int ConvertSecurityDescriptorToStringSecurityDescriptorW(
            Pointer descriptor,
            int revision,
            int information,
            PointerByReference text,
            @Nullable IntByReference length);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final Advapi32Sddl ADVAPI32 = Native.load("advapi32", Advapi32Sddl.class);

        private Library() {}
    }
}
