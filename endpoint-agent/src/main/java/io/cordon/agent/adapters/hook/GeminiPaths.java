package io.cordon.agent.adapters.hook;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every path that Gemini CLI may take one for (resolveDefensiveToolPath and resolveToRealPath of its 0.61.0): it leaves an {@code @}
 * before a path out where there is no such file, and decodes percent signs.
 */
final class GeminiPaths {
    private static final int MOST_DECODED = 4;

    private GeminiPaths() {}

    static ToolUse meant(ToolUse tool) {
        if (!(tool instanceof ToolUse.Files files)) {
            return tool;
        }
        List<ToolUse.FileUse> meant = files.files().stream()
                .flatMap(file ->
                        forms(file.path()).stream().map(path -> new ToolUse.FileUse(path, file.write(), file.below())))
                .toList();
        return new ToolUse.Files(files.name(), meant);
    }

    /** Patterns, which match without regard to case whatever is below the folder it works in. */
    static ToolUse matched(ToolUse tool) {
        if (!(meant(tool) instanceof ToolUse.Files files)) {
            return tool;
        }
        List<ToolUse.FileUse> all = new ArrayList<>(files.files());
        all.add(new ToolUse.FileUse(".", false, true));
        return new ToolUse.Files(files.name(), all);
    }

    private static Set<String> forms(String path) {
        Set<String> forms = new LinkedHashSet<>();
        String at = path;
        for (int i = 0; i <= MOST_DECODED && forms.add(at); i++) {
            at = decoded(at);
        }
        for (String each : List.copyOf(forms)) {
            String bare = each.replaceFirst("^@[/\\\\]*", "");
            if (!bare.isEmpty()) {
                forms.add(bare);
            }
        }
        return forms;
    }

    private static String decoded(String path) {
        try {
            // A plus sign is one here.
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }
}
