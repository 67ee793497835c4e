package io.cordon.agent.adapters.copilot;

import io.cordon.policy.model.PathPattern;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Paths in the form of Copilot CLI's rules: {@code //etc} is absolute, {@code /src} is in the workspace, {@code ~/.ssh} is in the
 * home. A rule means one path; what is below it takes a second.
 */
final class CopilotPaths {
    /** Without what a glob may take for something else than itself. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.@+=~ *-]+");

    private final String os;
    private final Set<String> unsaid = new TreeSet<>();

    CopilotPaths(String os) {
        this.os = os;
    }

    /** The rules of a family for a path and everything below it; none when the path cannot be said. */
    List<String> rules(String family, PathPattern path) {
        String start =
                switch (path.anchor()) {
                    case "~" -> "~";
                    case "${workspace}" -> "";
                    case "${tmp}" -> os.equals("windows") ? null : "//tmp";
                    case "" -> "/";
                    default -> null;
                };
        List<String> components = path.components();
        if (start == null
                || !components.stream().allMatch(one -> PLAIN.matcher(one).matches())) {
            unsaid.add(path.value());
            return List.of();
        }
        String whole = components.isEmpty() ? start : start + "/" + String.join("/", components);
        return components.isEmpty()
                ? List.of(family + "(" + whole + "/**)")
                : List.of(family + "(" + whole + ")", family + "(" + whole + "/**)");
    }

    /** The paths for which there were no rules, as the policy writes them. */
    Set<String> unsaid() {
        return unsaid;
    }
}
