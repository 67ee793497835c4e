package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;

/** A password in native memory, which is wiped when this closes. Never a {@code String}: those stay until collected. */
final class Secret implements AutoCloseable {
    private final Memory memory;

    Secret(char[] text) {
        memory = new Memory((text.length + 1L) * Native.WCHAR_SIZE);
        memory.write(0, text, 0, text.length);
        memory.setChar((long) text.length * Native.WCHAR_SIZE, '\0');
    }

    /** With a final NUL. */
    Memory memory() {
        return memory;
    }

    @Override
    public void close() {
        memory.clear();
        memory.close();
    }
}
