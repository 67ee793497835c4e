package io.cordon.agent.os.windows.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("wine")
class LayoutsOnWindowsTest {
    /** Written by {@link Layouts} on the build machine. */
    private static final Path THERE = Path.of("target/wine/layouts");

    @Test
    void layoutsAreThoseThatWereComparedWithTheHeaders() throws IOException {
        assertTrue(Platform.isWindows() && Platform.is64Bit(), "not a JVM for 64-bit Windows");

        List<String> here = Layouts.all(Win32Package.classes());

        assertFalse(here.isEmpty(), "no structure found");
        assertEquals(Files.readAllLines(THERE), here);
    }
}
