package io.cordon.agent.adapters.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchFilesTest {
    private static List<String> files(String patch) {
        List<ToolUse.FileUse> files = new ArrayList<>();
        assertTrue(PatchFiles.read(patch, files));
        assertTrue(files.stream().allMatch(ToolUse.FileUse::write));
        return files.stream().map(ToolUse.FileUse::path).toList();
    }

    @Test
    void everyFileThatIsTouched() {
        assertEquals(List.of("new.txt", "src/a.c", "src/b.c", "old.txt"), files("""
                        *** Begin Patch
                        *** Add File: new.txt
                        +*** Delete File: only text
                        *** Update File: src/a.c
                        *** Move to: src/b.c
                        @@
                        -a
                        +b
                        *** Delete File: old.txt
                        *** End Patch
                        """));
    }

    @Test
    void asLenientAsItsReader() {
        assertEquals(
                List.of(".git/hooks/x"),
                files("  *** Begin Patch\r\n\t*** Add File:.git/hooks/x  \r\n+x\n*** End Patch"));
    }

    /** Each of them in front of a head is one that Codex 0.169 or a reader in JavaScript takes no notice of. */
    @Test
    void blanksOfEveryKindHideNoHead() {
        for (char blank :
                "\t\u000b\f\r \u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000\ufeff".toCharArray()) {
            assertEquals(
                    List.of("fine", ".git/hooks/x"),
                    files("*** Begin Patch\n*** Add File: fine\n+x\n" + blank + "*** Add File: .git/hooks/x" + blank
                            + "\n+x\n*** End Patch"),
                    Integer.toHexString(blank));
        }
    }

    /** Codex goes by the whole of it: from {@code d\r} one level up, which is not {@code d}. */
    @Test
    void aCarriageReturnEndsNoPath() {
        String patch = "*** Begin Patch\n*** Add File: d\r/../.envrc\n+x\n*** End Patch";
        assertFalse(PatchFiles.read(patch, new ArrayList<>()));
    }

    @Test
    void linesOfFilesAreNoHeads() {
        assertEquals(
                List.of("guide.md"),
                files("*** Begin Patch\n*** Update File: guide.md\n@@ about *** Add File: a\n-an *** Add File: a\n"
                        + "+an *** Delete File: b\n of *** Move to: c\n*** End Patch"));
    }

    @Test
    void whatCannotBeReadIsNoPatch() {
        for (String patch : List.of(
                "*** Begin Patch\n*** Add File: a\n+x\n\u200b*** Add File: b\n*** End Patch",
                "*** Begin Patch\n*** Environment ID: other\n*** Add File: a\n+x\n*** End Patch",
                "*** Begin Patch\n*** Add File: \u00a0a\n*** End Patch",
                "*** Begin Patch\n*** Add File: a\u0000b\n*** End Patch",
                "",
                "*** Add File: a",
                "*** Begin Patch\n*** End Patch",
                "*** Begin Patch\n*** Add File: \n*** End Patch",
                "*** Begin Patch\n" + "*** Delete File: a\n".repeat(1001) + "*** End Patch")) {
            assertFalse(
                    PatchFiles.read(patch, new ArrayList<>()),
                    patch.lines().findFirst().orElse(""));
        }
    }
}
