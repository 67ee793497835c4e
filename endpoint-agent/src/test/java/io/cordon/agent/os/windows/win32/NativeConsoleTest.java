package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.launch.Machine;
import io.cordon.agent.os.windows.launch.PseudoConsolePlan;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pseudo console whose caller is this process. */
@Tag("wine")
@Timeout(60)
class NativeConsoleTest {
    private static NativeCaller self() throws IOException {
        return NativeCaller.open((int) ProcessHandle.current().pid());
    }

    @Test
    void handsItsEndsOverAndIsResizedAndClosed() throws Exception {
        try (NativeCaller caller = self();
                Machine.PseudoConsole console =
                        NativePseudoConsole.create(caller, new PseudoConsolePlan(80, 25, true, true))) {
            assertNotEquals(0, console.handle());
            assertNotEquals(0, console.ends().writeTo());
            assertNotEquals(0, console.ends().readFrom());
            console.resize(100, 40);
            IntByReference written = new IntByReference();
            assertTrue(Kernel32.INSTANCE.WriteFile(
                    Handles.of(console.ends().writeTo()), new byte[] {'x'}, 1, written, null));
            Handles.close(Handles.of(console.ends().writeTo()));
            Handles.close(Handles.of(console.ends().readFrom()));
        }
    }

    @Test
    void handsOverOnlyTheDirectionsThatAreTheConsoles() throws Exception {
        try (NativeCaller caller = self();
                Machine.PseudoConsole console =
                        NativePseudoConsole.create(caller, new PseudoConsolePlan(80, 25, false, true))) {
            assertEquals(0, console.ends().writeTo());
            assertNotEquals(0, console.ends().readFrom());
            Handles.close(Handles.of(console.ends().readFrom()));
        }
    }
}
