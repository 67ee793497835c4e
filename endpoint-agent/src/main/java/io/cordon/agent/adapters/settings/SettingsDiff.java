package io.cordon.agent.adapters.settings;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** A change that somebody made to a managed file, for people: a unified diff without secrets, within a bound. */
final class SettingsDiff {
    static final int MAX_LENGTH = 4096;
    /** Files are compared up to here; a stranger's file must not cost the agent its time. */
    private static final int MAX_COMPARED = 64 << 10;

    private static final int MAX_LINES = 2000;
    private static final int CONTEXT = 2;

    private SettingsDiff() {}

    /**
     * @param found what stood there; empty when there was no file
     * @param redact takes secrets out of text
     */
    static String of(String path, byte[] found, byte[] wanted, UnaryOperator<String> redact) {
        if (found.length > MAX_COMPARED || wanted.length > MAX_COMPARED) {
            return "found " + found.length + " bytes (expected: " + wanted.length + "), too many to compare";
        }
        List<String> before = lines(found);
        List<String> after = lines(wanted);
        if (before.size() > MAX_LINES || after.size() > MAX_LINES) {
            return "found " + before.size() + " lines (expected: " + after.size() + "), too many to compare";
        }
        List<String> diff =
                UnifiedDiffUtils.generateUnifiedDiff(path, path, before, DiffUtils.diff(before, after), CONTEXT);
        return cut(redact.apply(String.join("\n", diff)));
    }

    static String ofRights(String found, String redactedPath) {
        return cut(redactedPath + ": owner and rights were " + found);
    }

    private static List<String> lines(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).lines().toList();
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
    }
}
