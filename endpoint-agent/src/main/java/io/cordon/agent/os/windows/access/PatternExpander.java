package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.policy.model.Glob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the path patterns of a policy into paths: anchors are replaced, a wildcard component by the names that are there. Both
 * are bounded; a pattern that would need more is refused, because leaving some out would leave them open.
 */
final class PatternExpander {
    static final int MAX_NAMES = 4096;
    static final int MAX_PATHS = 300;

    private final WindowsProbe probe;
    private final String home;
    private final @Nullable String workspace;
    private final String tmp;

    PatternExpander(WindowsProbe probe, String home, @Nullable String workspace, String tmp) {
        this.probe = probe;
        this.home = home;
        this.workspace = workspace;
        this.tmp = tmp;
    }

    /** Every path the patterns name, in their order, existing or not; a wildcard names only what exists. */
    List<String> expand(List<String> patterns) {
        Map<String, String> paths = new LinkedHashMap<>();
        for (String pattern : patterns) {
            expand(pattern).forEach(path -> paths.putIfAbsent(WindowsPaths.key(path), path));
            if (paths.size() > MAX_PATHS) {
                throw new CannotConfineException(
                        "path-limit",
                        pattern + ": the policy's patterns name more than " + MAX_PATHS
                                + " paths here; name their parent folder instead");
            }
        }
        return new ArrayList<>(paths.values());
    }

    private List<String> expand(String pattern) {
        int slash = pattern.indexOf('/');
        String base = base(slash < 0 ? pattern : pattern.substring(0, slash));
        if (base == null) {
            return List.of();
        }
        List<String> paths = List.of(base);
        String rest = slash < 0 ? "" : pattern.substring(slash + 1);
        for (String component : rest.isEmpty() ? List.<String>of() : List.of(rest.split("/"))) {
            paths = step(pattern, paths, component);
        }
        return paths;
    }

    private @Nullable String base(String anchor) {
        return switch (anchor) {
            case "~" -> home;
            case "${workspace}" -> workspace;
            case "${tmp}" -> tmp;
            // A path from the root of Linux names nothing here.
            case "" -> null;
            default -> anchor.length() == 2 ? anchor.toUpperCase(Locale.ROOT) + "\\" : null;
        };
    }

    private List<String> step(String pattern, List<String> directories, String component) {
        List<String> found = new ArrayList<>();
        for (String directory : directories) {
            if (Glob.isLiteral(component)) {
                String joined = WindowsPaths.join(directory, component);
                PathForm form = PathForm.of(joined);
                if (!(form instanceof PathForm.Local local)) {
                    throw new CannotConfineException("invalid-path", ((PathForm.Refused) form).reason());
                }
                found.add(local.path());
                continue;
            }
            List<String> names = probe.names(directory, MAX_NAMES);
            if (names == null) {
                throw new CannotConfineException(
                        "path-limit",
                        directory + " has more than " + MAX_NAMES + " entries, too many for the pattern " + pattern
                                + "; name the folder itself instead");
            }
            names.stream()
                    .filter(name -> Glob.matches(component.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)))
                    .forEach(name -> found.add(WindowsPaths.join(directory, name)));
        }
        return found;
    }
}
