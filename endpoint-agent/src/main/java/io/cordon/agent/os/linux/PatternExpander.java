package io.cordon.agent.os.linux;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.policy.model.Glob;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the path patterns of a policy into paths: anchors are replaced, a wildcard component by the names that are there. Both
 * are bounded; a pattern that would need more is refused, because leaving some out would leave them open.
 */
final class PatternExpander {
    static final int MAX_NAMES = 4096;
    static final int MAX_PATHS = 300;

    private final FileProbe probe;
    private final String home;
    private final @Nullable String workspace;
    private final String tmp;

    PatternExpander(FileProbe probe, String home, @Nullable String workspace, String tmp) {
        this.probe = probe;
        this.home = home;
        this.workspace = workspace;
        this.tmp = tmp;
    }

    /** Every path the patterns name, in their order, existing or not; a wildcard names only what exists. */
    List<String> expand(List<String> patterns) {
        Set<String> paths = new LinkedHashSet<>();
        for (String pattern : patterns) {
            paths.addAll(expand(pattern));
            if (paths.size() > MAX_PATHS) {
                throw new CannotConfineException(
                        "path-limit",
                        pattern + ": the policy's patterns name more than " + MAX_PATHS
                                + " paths here; name their parent folder instead");
            }
        }
        return new ArrayList<>(paths);
    }

    private List<String> expand(String pattern) {
        int slash = pattern.indexOf('/');
        String anchor = slash < 0 ? pattern : pattern.substring(0, slash);
        String base = base(anchor);
        if (base == null) {
            return List.of();
        }
        List<String> paths = List.of(base);
        for (String component : Paths.components(slash < 0 ? "" : pattern.substring(slash + 1))) {
            paths = step(pattern, paths, component);
        }
        return paths;
    }

    private @Nullable String base(String anchor) {
        return switch (anchor) {
            case "" -> "/";
            case "~" -> home;
            case "${workspace}" -> workspace;
            case "${tmp}" -> tmp;
            // A Windows drive names nothing here.
            default -> null;
        };
    }

    private List<String> step(String pattern, List<String> directories, String component) {
        List<String> found = new ArrayList<>();
        for (String directory : directories) {
            if (Glob.isLiteral(component)) {
                found.add(Paths.join(directory, component));
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
                    .filter(name -> Glob.matches(component, name))
                    .forEach(name -> found.add(Paths.join(directory, name)));
        }
        return found;
    }
}
