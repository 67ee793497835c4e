package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Crypt32;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinCrypt;
import io.cordon.agent.os.windows.service.DataProtection;
import java.io.IOException;

/** DPAPI in the context of this process's account, never the machine's, which would open to every local process. */
public final class NativeDataProtection implements DataProtection {
    private final boolean asService;

    /** @param asService whether this process runs as the account of the service */
    public NativeDataProtection(boolean asService) {
        this.asService = asService;
    }

    @Override
    public boolean asService() {
        return asService;
    }

    @FunctionalInterface
    private interface Call {
        boolean with(WinCrypt.DATA_BLOB in, WinCrypt.DATA_BLOB entropy, WinCrypt.DATA_BLOB out);
    }

    @Override
    public byte[] seal(byte[] plain, byte[] purpose) throws IOException {
        return convert(
                "CryptProtectData",
                plain,
                purpose,
                (in, entropy, out) -> Crypt32.INSTANCE.CryptProtectData(
                        in, null, entropy, null, null, WinCrypt.CRYPTPROTECT_UI_FORBIDDEN, out));
    }

    @Override
    public byte[] open(byte[] sealed, byte[] purpose) throws IOException {
        return convert(
                "CryptUnprotectData",
                sealed,
                purpose,
                (in, entropy, out) -> Crypt32.INSTANCE.CryptUnprotectData(
                        in, null, entropy, null, null, WinCrypt.CRYPTPROTECT_UI_FORBIDDEN, out));
    }

    private static byte[] convert(String name, byte[] bytes, byte[] purpose, Call call) throws IOException {
        WinCrypt.DATA_BLOB out = new WinCrypt.DATA_BLOB();
        try (Memory in = memory(bytes);
                Memory entropy = memory(purpose)) {
            if (!call.with(blob(in, bytes.length), blob(entropy, purpose.length), out)) {
                throw Failure.last(name);
            }
            Pointer made = out.pbData;
            try {
                return made.getByteArray(0, out.cbData);
            } finally {
                made.clear(out.cbData);
                Kernel32.INSTANCE.LocalFree(made);
                in.clear();
            }
        }
    }

    private static Memory memory(byte[] bytes) {
        // There is no memory of no bytes.
        Memory memory = new Memory(Math.max(1, bytes.length));
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    private static WinCrypt.DATA_BLOB blob(Memory memory, int length) {
        WinCrypt.DATA_BLOB blob = new WinCrypt.DATA_BLOB();
        blob.cbData = length;
        blob.pbData = memory;
        return blob;
    }
}
