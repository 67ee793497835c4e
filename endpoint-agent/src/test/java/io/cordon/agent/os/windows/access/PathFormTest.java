package io.cordon.agent.os.windows.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathFormTest {
    @ParameterizedTest
    @CsvSource({
        "C:\\Users\\ada, C:\\Users\\ada",
        "c:/Users/ada/, C:\\Users\\ada",
        "C:\\a\\.\\b\\..\\c, C:\\a\\c",
        "C:\\..\\..\\a, C:\\a",
        "C:, C:\\",
        "\\\\?\\C:\\a, C:\\a",
        "\\\\.\\c:\\a, C:\\a",
        "C:\\a.\\b. .\\c, C:\\a\\b\\c",
        "C:\\PROGRA~1\\x, C:\\PROGRA~1\\x",
        "C:\\console\\comx\\nulls, C:\\console\\comx\\nulls",
    })
    void hasOneForm(String text, String form) {
        assertEquals(new PathForm.Local(form), PathForm.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'', invalid-path",
        "relative\\path, relative-path",
        "C:relative, relative-path",
        "\\rooted, relative-path",
        "\\\\server\\share\\x, remote-path",
        "//server/share, remote-path",
        "\\\\?\\UNC\\server\\share, remote-path",
        "\\\\?\\Volume{0b6a}\\x, device-path",
        "\\\\.\\PhysicalDrive0, device-path",
        "\\\\?\\GLOBALROOT\\Device\\x, device-path",
        "C:\\a\\file.txt:stream, invalid-path",
        "C:\\a\\.git::$INDEX_ALLOCATION\\x, invalid-path",
        "C:\\a\\nul, invalid-path",
        "C:\\a\\NUL.txt, invalid-path",
        "C:\\a\\com1, invalid-path",
        "C:\\a\\LPT9.log, invalid-path",
        "C:\\a\\CONIN$, invalid-path",
        "C:\\a\\b<c, invalid-path",
        "C:\\a\\b?c, invalid-path",
        "C:\\a\\...\\b, invalid-path",
        "\\\\?\\C:\\a\\b., invalid-path",
    })
    void isRefused(String text, String rule) {
        PathForm.Refused refused = assertInstanceOf(PathForm.Refused.class, PathForm.of(text));
        assertEquals(rule, refused.rule());
        assertEquals(1, refused.reason().lines().count());
    }

    @Property
    void everyFormIsItsOwnForm(@ForAll String text) {
        for (String each : List.of(text, "C:\\" + text)) {
            if (PathForm.of(each) instanceof PathForm.Local local) {
                assertEquals(local, PathForm.of(local.path()));
                assertFalse(local.path().indexOf(':', 2) >= 0 || local.path().contains("\\\\"), local.path());
            }
        }
    }

    @Test
    void caseDoesNotMatterAndSiblingsWithACommonStartAreNoChildren() {
        assertTrue(WindowsPaths.inside("c:\\USERS\\ada\\x", "C:\\Users\\Ada"));
        assertTrue(WindowsPaths.inside("C:\\x", "C:\\"));
        assertFalse(WindowsPaths.inside("C:\\Users\\adam", "C:\\Users\\ada"));
        assertEquals(List.of("C:\\a", "C:\\a\\b"), WindowsPaths.between("C:\\", "C:\\a\\b\\c"));
        assertEquals(List.of("C:\\a"), WindowsPaths.outermost(List.of("C:\\a", "c:\\A", "C:\\a\\b")));
        assertEquals("C:\\", WindowsPaths.parent("C:\\a"));
    }
}
