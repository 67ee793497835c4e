package io.cordon.policy.model;

import org.jspecify.annotations.Nullable;

/** The rules that components of patterns and protected paths share. */
final class PathComponents {

    private PathComponents() {}

    /** What was expected instead, or null when the components are right. */
    static @Nullable String problem(String relative) {
        for (String component : relative.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                return "components that are not empty, . or ..";
            }
            if (component.contains("**")) {
                return "no **: * stands for one component, and what is below a path belongs to it anyway";
            }
            if (component.indexOf('\\') >= 0 || component.indexOf('?') >= 0 || component.indexOf('$') >= 0) {
                return "/ between components, and no \\, ? or $ in them";
            }
            if (component.chars().anyMatch(Character::isISOControl)) {
                return "no control characters";
            }
        }
        return null;
    }
}
