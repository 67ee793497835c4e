package io.cordon.agent.os.windows.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsCustodyTest {
    /** What Windows gives ProgramData, as of Windows 11: users make files and folders in it. */
    private static final String PROGRAM_DATA =
            "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICIIO;GA;;;CO)(A;OICI;0x1200a9;;;BU)(A;CI;DCLCRPCR;;;BU)";

    @TempDir
    Path folder;

    private final MemoryFiles files = new MemoryFiles();
    private final WindowsCustody custody = new WindowsCustody(files);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "D:P(A;;FA;;;SY)(A;;FA;;;BA)                        | 0",
                "D:P(A;;FA;;;SY)(A;;0x1200a9;;;BU)                  | 1200a9",
                "D:(A;;FRFX;;;WD)                                   | 1200a9",
                "D:(A;OICIIO;FA;;;BU)                               | 0",
                "D:(D;;FA;;;BU)                                     | 0",
                "D:(A;;GW;;;AU)                                     | 120116",
                "D:(A;;0x10000000;;;BU)                             | 1f01ff",
                "D:(A;;QQ;;;BU)                                     | 1f01ff",
                "D:(A;;F;;;BU)                                      | 1f01ff",
                "D:(A;;0xzz;;;BU)                                   | 1f01ff",
                "D:(A;;FA)                                          | 1f01ff",
                "D:NO_ACCESS_CONTROL                                | 1f01ff",
                "O:BA                                               | 1f01ff",
                "D:(XA;;FR;;;BU;(WIN://SYSAPPID Contains \"x\"))    | 120089",
                "D:(A;;FA;;;S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464) | 0"
            })
    void readsWhatOthersMay(String access, String bits) {
        assertEquals(Integer.parseInt(bits, 16), AccessText.othersMay(access));
    }

    @Test
    void aFolderMayLeadThroughWhatItMayNotBeKeptIn() throws IOException {
        files.set(folder, there(Sid.LOCAL_SYSTEM, PROGRAM_DATA));
        assertTrue(custody.distrust(folder, false).isEmpty());
        assertTrue(custody.distrust(folder, true).orElse("").contains("others may change it"));
        files.set(folder, there(Sid.parse("S-1-5-21-1-2-3-1001"), "D:P(A;;FA;;;SY)"));
        assertTrue(custody.distrust(folder, false).orElse("").contains("belongs to S-1-5-21-1-2-3-1001"));
    }

    @Test
    void foldersAndFilesAreReadByUsersAndNoMore() throws IOException {
        Path made = folder.resolve("OpenAI");
        custody.makeFolder(made);
        assertTrue(custody.distrust(made, true).isEmpty());
        assertTrue(
                files.look(made) instanceof FileSecurity.Found.There there
                        && there.access().startsWith("D:P"),
                "what ProgramData has its folders inherit stays outside");
        Path file = Files.writeString(made.resolve("x"), "");
        assertFalse(custody.sealed(custody.rights(file)));
        custody.seal(file);
        assertTrue(custody.sealed(custody.rights(file)));
        assertEquals(0x1200a9, AccessText.othersMay(WindowsCustody.FILE));
    }

    @Test
    void aLinkIsNoFolder() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        assertTrue(custody.distrust(link, false).orElse("").contains("a link"));
    }

    private static FileSecurity.Found.There there(Sid owner, String access) {
        return new FileSecurity.Found.There(true, owner, Set.of(), access);
    }
}
