package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.jna.Pointer;
import io.cordon.agent.os.windows.launch.DesktopPlan;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("wine")
class NativeDesktopTest {
    private static DesktopPlan plan() {
        String sddl = "D:P(A;;GA;;;SY)(A;;GA;;;BA)";
        return new DesktopPlan(String.format("CordonStation-%016x", System.nanoTime()), sddl, sddl);
    }

    /** Pitfall 21: a station of its own, and that of the service is what it was. */
    @Test
    void isMadeInAStationOfItsOwn() throws Exception {
        Pointer before = User32Desktops.Library.USER32.GetProcessWindowStation();
        DesktopPlan plan = plan();
        try (Machine.Desktop desktop = NativeDesktop.create(plan)) {
            assertEquals(plan.name() + "\\Confined", desktop.name());
            assertEquals(before, User32Desktops.Library.USER32.GetProcessWindowStation());
            assertThrows(LaunchException.class, () -> NativeDesktop.create(plan));
        }
        NativeDesktop.create(plan).close();
    }
}
