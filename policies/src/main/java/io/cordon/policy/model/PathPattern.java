package io.cordon.policy.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An absolute path with a known anchor (SPEC 2.3): {@code /…}, {@code C:/…}, {@code ~}, {@code ${workspace}} or
 * {@code ${tmp}}, then components. {@code *} stands for characters within one component; there is no {@code **} and no
 * {@code ..}.
 */
public record PathPattern(String value) {

    private static final Pattern ANCHOR = Pattern.compile("(?:~|\\$\\{workspace}|\\$\\{tmp}|[A-Za-z]:|)");

    public PathPattern {
        String problem = problem(value);
        if (problem != null) {
            throw new IllegalArgumentException("path: " + value + " (expected: " + problem + ")");
        }
    }

    /** The anchor: empty for {@code /…}, else {@code ~}, <code>${workspace}</code>, <code>${tmp}</code> or a drive. */
    public String anchor() {
        int slash = value.indexOf('/');
        return slash < 0 ? value : value.substring(0, slash);
    }

    /** The components after the anchor. */
    public List<String> components() {
        int slash = value.indexOf('/');
        if (slash < 0 || slash == value.length() - 1) {
            return List.of();
        }
        return List.of(value.substring(slash + 1).split("/", -1));
    }

    /** This pattern with further components, for instance a protected path below a root. */
    public PathPattern resolve(String relative) {
        return new PathPattern(value.endsWith("/") ? value + relative : value + "/" + relative);
    }

    /** The same anchor with other components. */
    PathPattern withComponents(List<String> components) {
        return new PathPattern(
                components.isEmpty() && !anchor().isEmpty() && !anchor().endsWith(":")
                        ? anchor()
                        : anchor() + "/" + String.join("/", components));
    }

    /** The paths that both patterns contain, as a pattern; null when there are none or they cannot be compared. */
    public @Nullable PathPattern intersect(PathPattern other) {
        if (!anchor().equals(other.anchor())) {
            return null;
        }
        List<String> mine = components();
        List<String> theirs = other.components();
        List<String> both = new ArrayList<>();
        for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
            if (i >= mine.size()) {
                both.add(theirs.get(i));
            } else if (i >= theirs.size() || mine.get(i).equals(theirs.get(i))) {
                both.add(mine.get(i));
            } else if (Glob.isLiteral(mine.get(i)) && Glob.matches(theirs.get(i), mine.get(i))) {
                both.add(mine.get(i));
            } else if (Glob.isLiteral(theirs.get(i)) && Glob.matches(mine.get(i), theirs.get(i))) {
                both.add(theirs.get(i));
            } else {
                return null;
            }
        }
        return withComponents(both);
    }

    private static @Nullable String problem(String value) {
        int slash = value.indexOf('/');
        String anchor = slash < 0 ? value : value.substring(0, slash);
        if (value.isEmpty() || !ANCHOR.matcher(anchor).matches() || (slash < 0 && anchor.endsWith(":"))) {
            return "a path that starts with /, ~, ${workspace}, ${tmp} or a drive such as C:/";
        }
        if (value.length() > 1024) {
            return "at most 1024 characters";
        }
        String rest = slash < 0 ? "" : value.substring(slash + 1);
        return rest.isEmpty() ? null : PathComponents.problem(rest);
    }

    @Override
    public String toString() {
        return value;
    }
}
