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

    @Test
    void whatCannotBeReadIsNoPatch() {
        for (String patch : List.of(
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
