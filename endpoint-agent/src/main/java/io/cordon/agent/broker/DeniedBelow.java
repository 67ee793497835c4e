package io.cordon.agent.broker;

import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.evaluate.PathPatterns;
import io.cordon.policy.model.Glob;
import io.cordon.policy.model.PathPattern;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may not be read and would be, by a search through a folder that may. */
final class DeniedBelow {
    private final List<PathPattern> denied;
    private final PathContext paths;

    DeniedBelow(List<PathPattern> denied, PathContext paths) {
        this.denied = denied;
        this.paths = paths;
    }

    /** @param folder absolute, in the form of paths */
    Optional<PathPattern> first(String folder) {
        return denied.stream().filter(pattern -> isBelow(pattern, folder)).findFirst();
    }

    private boolean isBelow(PathPattern pattern, String folder) {
        List<String> below = components(PathPatterns.expand(pattern, paths));
        List<String> above = components(folder);
        if (below.size() <= above.size()) {
            return false;
        }
        for (int i = 0; i < above.size(); i++) {
            if (!Glob.matches(below.get(i), above.get(i))) {
                return false;
            }
        }
        return mayExist(folder, below.subList(above.size(), below.size()));
    }

    private List<String> components(String path) {
        boolean linux = paths.os().equals("linux");
        return Arrays.stream(path.split("/"))
                .filter(component -> !component.isEmpty())
                .map(component -> linux ? component : component.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Up to the first wildcard; on Windows nothing is looked for, as the system's account. */
    private boolean mayExist(String folder, List<String> rest) {
        if (!paths.os().equals("linux")) {
            return true;
        }
        try {
            Path at = Path.of(folder);
            for (String component : rest) {
                if (!Glob.isLiteral(component)) {
                    return true;
                }
                at = at.resolve(component);
                if (Files.notExists(at, LinkOption.NOFOLLOW_LINKS)) {
                    return false;
                }
            }
            return true;
        } catch (InvalidPathException e) {
            return true;
        }
    }
}
