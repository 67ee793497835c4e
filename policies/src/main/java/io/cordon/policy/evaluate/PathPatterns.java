package io.cordon.policy.evaluate;

import io.cordon.policy.model.PathPattern;

/** Path patterns with their anchors put in; what an endpoint does before it enforces them. */
public final class PathPatterns {

    private PathPatterns() {}

    /**
     * The pattern as an absolute path with {@code /} between components, in which {@code *} may remain. An anchor that is
     * relative or unknown is an error of the caller.
     */
    public static String expand(PathPattern pattern, PathContext context) {
        String anchor = pattern.anchor();
        String start =
                switch (anchor) {
                    case "~" -> context.home();
                    case "${workspace}" -> context.workspace();
                    case "${tmp}" -> context.tmp();
                    default -> anchor;
                };
        String base = PathForm.slashes(context, start);
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        String rest = String.join("/", pattern.components());
        if (rest.isEmpty()) {
            return base.isEmpty() ? "/" : base;
        }
        return base + "/" + rest;
    }
}
