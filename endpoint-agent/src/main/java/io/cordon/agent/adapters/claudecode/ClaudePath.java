package io.cordon.agent.adapters.claudecode;

import io.cordon.policy.model.PathPattern;
import java.util.Locale;
import java.util.Optional;

/**
 * A path of a policy as Claude Code writes it, after gitignore: {@code //} is the root, {@code /} alone is not; a path means
 * what is below it too; {@code *} ends at a slash in both.
 */
final class ClaudePath {
    private static final String SIGNS = "[]?!#\\(){},\"'`";

    private ClaudePath() {}

    /** Empty when it cannot be said. */
    static Optional<String> of(PathPattern pattern, String os) {
        String value = pattern.value();
        boolean unsayable =
                value.chars().anyMatch(each -> each < ' ' || (SIGNS.indexOf(each) >= 0 && each != '{' && each != '}'))
                        || value.endsWith(" ");
        String rest = pattern.components().isEmpty() ? "" : "/" + String.join("/", pattern.components());
        if (unsayable || rest.chars().anyMatch(each -> each == '{' || each == '}') || !concerns(pattern, os)) {
            return Optional.empty();
        }
        return switch (pattern.anchor()) {
            case "~" -> Optional.of("~" + rest);
            case "${workspace}" -> Optional.of(rest.isEmpty() ? "./**" : "." + rest);
            case "${tmp}" -> Optional.empty();
            case "" -> Optional.of(rest.isEmpty() ? "//**" : "/" + rest);
            default ->
                Optional.of("//" + pattern.anchor().substring(0, 1).toLowerCase(Locale.ROOT)
                        + (rest.isEmpty() ? "/**" : rest));
        };
    }

    /** Whether the path can exist on this operating system. */
    static boolean concerns(PathPattern pattern, String os) {
        boolean windows = os.equals("windows");
        return switch (pattern.anchor()) {
            case "" -> !windows;
            case "~", "${workspace}", "${tmp}" -> true;
            default -> windows;
        };
    }
}
