package io.cordon.agent.adapters.hook;

import java.util.List;

/**
 * The files that a patch of the {@code apply_patch} tool names: {@code *** Add File: PATH}, {@code Update}, {@code Delete} and
 * {@code *** Move to: PATH} between {@code *** Begin Patch} and {@code *** End Patch}.
 *
 * <p>What a vendor's reader takes for a file must be one here. Codex 0.169 ends lines at a line feed alone and trims all that Unicode
 * calls white space, others trim what JavaScript does: here, a head is one behind any of it, and a path that begins with such a sign
 * other than a space, or has a control character, is refused instead of guessed at.
 */
final class PatchFiles {
    private static final int MOST = 1000;
    private static final List<String> HEADS =
            List.of("*** Add File:", "*** Update File:", "*** Delete File:", "*** Move to:");
    /** Names another machine or folder, which paths are then relative to. */
    private static final String ELSEWHERE = "*** Environment ID:";

    private static final char NEXT_LINE = '\u0085';
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private PatchFiles() {}

    /** Adds the files; false when the patch has none or cannot be read. */
    static boolean read(String patch, List<ToolUse.FileUse> files) {
        boolean begun = false;
        for (String line : patch.split("\n", -1)) {
            String head = stripped(line);
            begun |= head.equals("*** Begin Patch");
            if (!head(head, files) || hidden(line, head)) {
                return false;
            }
        }
        return begun && !files.isEmpty();
    }

    /** False when it is a head whose path cannot be told. */
    private static boolean head(String line, List<ToolUse.FileUse> files) {
        for (String each : HEADS) {
            if (line.startsWith(each)) {
                String path = line.substring(each.length()).replaceAll("^ +", "");
                if (!isPlain(path) || files.size() == MOST) {
                    return false;
                }
                files.add(new ToolUse.FileUse(path, true));
            }
        }
        return !line.startsWith(ELSEWHERE);
    }

    private static boolean isPlain(String path) {
        return !path.isEmpty() && path.equals(stripped(path)) && path.chars().noneMatch(Character::isISOControl);
    }

    /** Whether a head stands behind anything but blanks, on a line that is no line of a file. */
    private static boolean hidden(String line, String stripped) {
        boolean text = line.startsWith("+") || line.startsWith("-") || line.startsWith(" ") || line.startsWith("@@");
        return !text && HEADS.stream().anyMatch(each -> stripped.indexOf(each) > 0);
    }

    private static String stripped(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isBlank(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isBlank(char each) {
        return each <= ' '
                || Character.isWhitespace(each)
                || Character.isSpaceChar(each)
                || each == NEXT_LINE
                || each == BYTE_ORDER_MARK;
    }
}
