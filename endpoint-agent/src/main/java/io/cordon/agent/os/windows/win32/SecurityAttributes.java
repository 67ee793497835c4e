package io.cordon.agent.os.windows.win32;

import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.cordon.agent.os.windows.launch.LaunchException;

/** A security descriptor from SDDL, as creating functions take it; freed when closed. */
final class SecurityAttributes implements AutoCloseable {
    private final Pointer descriptor;
    private final Advapi32Tokens.SECURITY_ATTRIBUTES attributes = new Advapi32Tokens.SECURITY_ATTRIBUTES();

    private SecurityAttributes(Pointer descriptor) {
        this.descriptor = descriptor;
        attributes.nLength = attributes.size();
        attributes.lpSecurityDescriptor = descriptor;
        attributes.write();
    }

    static SecurityAttributes of(String sddl) throws LaunchException {
        PointerByReference descriptor = new PointerByReference();
        if (!Advapi32Tokens.Library.ADVAPI32.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                new WString(sddl), TokenConstants.SDDL_REVISION_1, descriptor, null)) {
            throw Handles.failure("security", "ConvertStringSecurityDescriptorToSecurityDescriptorW(" + sddl + ")");
        }
        return new SecurityAttributes(descriptor.getValue());
    }

    /** The {@code SECURITY_ATTRIBUTES}; valid until this closes. */
    Pointer pointer() {
        return attributes.getPointer();
    }

    /** The access list within the descriptor. */
    Pointer dacl() throws LaunchException {
        IntByReference present = new IntByReference();
        PointerByReference dacl = new PointerByReference();
        if (!Advapi32Tokens.Library.ADVAPI32.GetSecurityDescriptorDacl(descriptor, present, dacl, new IntByReference())
                || present.getValue() == 0) {
            throw Handles.failure("security", "GetSecurityDescriptorDacl");
        }
        return dacl.getValue();
    }

    @Override
    public void close() {
        Kernel32.INSTANCE.LocalFree(descriptor);
    }
}
