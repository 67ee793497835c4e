package io.cordon.agent.adapters.hook;

import java.util.List;

/**
 * The files that a patch of the {@code apply_patch} tool names: {@code *** Add File: PATH}, {@code Update}, {@code Delete} and
 * {@code *** Move to: PATH} between {@code *** Begin Patch} and {@code *** End Patch}.
 */
final class PatchFiles {
    private static final int MOST = 1000;
    private static final List<String> HEADS =
            List.of("*** Add File: ", "*** Update File: ", "*** Delete File: ", "*** Move to: ");

    private PatchFiles() {}

    /** Adds the files; false when the patch has none or cannot be read. */
    static boolean read(String patch, List<ToolUse.FileUse> files) {
        boolean begun = false;
        for (String line : (Iterable<String>) patch.lines()::iterator) {
            // As lenient as the vendor's own reader, which trims lines: what it takes for a head must be one here.
            String head = line.strip();
            begun |= head.equals("*** Begin Patch");
            if (!head.startsWith("*** ")) {
                continue;
            }
            for (String each : HEADS) {
                if (head.startsWith(each.strip())) {
                    String path = head.substring(each.strip().length()).strip();
                    if (path.isEmpty() || files.size() == MOST) {
                        return false;
                    }
                    files.add(new ToolUse.FileUse(path, true));
                }
            }
        }
        return begun && !files.isEmpty();
    }
}
