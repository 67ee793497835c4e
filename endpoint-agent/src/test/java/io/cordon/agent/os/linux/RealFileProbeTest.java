package io.cordon.agent.os.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealFileProbeTest {
    private final FileProbe probe = new RealFileProbe();

    @Test
    void seesKindsWithoutFollowingLinks(@TempDir Path temporary) throws IOException {
        Path dir = temporary.toRealPath();
        Files.writeString(dir.resolve("file"), "first\nsecond\n");
        Files.createSymbolicLink(dir.resolve("link"), Path.of("file"));
        Files.createSymbolicLink(dir.resolve("dangling"), Path.of("nothing"));
        Files.createSymbolicLink(dir.resolve("loop"), Path.of("loop"));
        assertEquals(FileProbe.Kind.DIRECTORY, probe.stat(dir.toString()).kind());
        assertEquals(FileProbe.Kind.FILE, probe.stat(dir + "/file").kind());
        assertEquals(FileProbe.Kind.LINK, probe.stat(dir + "/link").kind());
        assertEquals(FileProbe.Kind.MISSING, probe.stat(dir + "/nothing").kind());
        assertEquals(FileProbe.Kind.MISSING, probe.stat(dir + "/file/below").kind());
        assertEquals(
                FileProbe.Kind.MISSING, probe.stat(dir + "/" + "n".repeat(300)).kind());
        assertEquals(FileProbe.Kind.OTHER, probe.stat("/dev/null").kind());
        assertEquals(dir + "/file", probe.canonical(dir + "/link"));
        assertNull(probe.canonical(dir + "/dangling"));
        assertNull(probe.canonical(dir + "/loop"));
        assertNull(probe.canonical(dir + "/file/below"));
        assertEquals("first", probe.firstLine(dir + "/file"));
        assertEquals("", probe.firstLine("/dev/zero"));
        assertEquals(List.of("dangling", "file", "link", "loop"), probe.names(dir.toString(), 4));
        assertNull(probe.names(dir.toString(), 3));
        assertEquals(List.of(), probe.names(dir + "/file", 3));
    }
}
