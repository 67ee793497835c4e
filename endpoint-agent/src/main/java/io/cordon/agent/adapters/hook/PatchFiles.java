package io.cordon.agent.adapters.hook;

import java.util.List;

/**
 * The files that a patch of the {@code apply_patch} tool names: {@code *** Add File: PATH}, {@code Update}, {@code Delete} and
 * {@code *** Move to: PATH} between {@code *** Begin Patch} and {@code *** End Patch}.
 */
final class PatchFiles {
    private static final int MOST = 1000;
    private static final List<String> HEADS =
            List.of("*** Add File:", "*** Update File:", "*** Delete File:", "*** Move to:");

    private PatchFiles() {}

    /** Adds the files; false when the patch has none or cannot be read. */
    static boolean read(String patch, List<ToolUse.FileUse> files) {
        boolean begun = false;
        // A carriage return ends no line for the vendor's reader: it is part of a path.
        for (String line : patch.split("\n")) {
            // As lenient as that reader, which trims lines: what it takes for a head must be one here.
            String head = Blanks.trim(line);
            begun |= head.equals("*** Begin Patch");
            for (String each : HEADS) {
                if (head.startsWith(each) && !add(head.substring(each.length()), files)) {
                    return false;
                }
            }
        }
        return begun && !files.isEmpty();
    }

    /** The path with the blanks before it, which the vendor may keep, and without. */
    private static boolean add(String given, List<ToolUse.FileUse> files) {
        if (Blanks.trim(given).isEmpty() || files.size() >= MOST) {
            return false;
        }
        files.addAll(Tools.uses(given.startsWith(" ") ? given.substring(1) : given, true));
        return true;
    }
}
