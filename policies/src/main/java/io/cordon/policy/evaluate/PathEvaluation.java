package io.cordon.policy.evaluate;

import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Filesystem;
import io.cordon.policy.model.Glob;
import io.cordon.policy.model.PathPattern;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides on a path (SPEC 4.7). */
final class PathEvaluation {

    private final Filesystem filesystem;
    private final PathContext context;

    private PathEvaluation(Filesystem filesystem, PathContext context) {
        this.filesystem = filesystem;
        this.context = context;
    }

    static PathDecision decide(Filesystem filesystem, PathContext context, String given, Access access) {
        Optional<String> form = PathForm.of(context, given);
        if (form.isEmpty()) {
            return new PathDecision(Decision.DENY, "invalid-path", "It is no path of a file or folder.", given);
        }
        return new PathEvaluation(filesystem, context).decide(form.get(), access);
    }

    private PathDecision decide(String path, Access access) {
        List<String> components = PathForm.compared(context, path);
        PathPattern denied = first(filesystem.readDeny(), components);
        if (denied != null) {
            return deny("read-deny:" + denied, "The policy withholds " + denied + ".", path);
        }
        if (access == Access.READ) {
            return new PathDecision(
                    Decision.ALLOW, CommandEvaluation.DEFAULT, "Reading is allowed but for what is denied.", path);
        }
        PathPattern root = first(filesystem.writeRoots(), components);
        if (root == null) {
            return deny("outside-roots", "It is outside the folders that may be written.", path);
        }
        PathPattern kept = first(filesystem.protectedPaths(), components);
        if (kept != null) {
            return deny("protected:" + kept, "The policy keeps " + kept + " read-only.", path);
        }
        return new PathDecision(Decision.ALLOW, "root:" + root, "It is below " + root + ".", path);
    }

    private static PathDecision deny(String rule, String reason, String path) {
        return new PathDecision(Decision.DENY, rule, reason, path);
    }

    private @Nullable PathPattern first(List<PathPattern> patterns, List<String> components) {
        for (PathPattern pattern : patterns) {
            if (contains(PathForm.compared(context, PathPatterns.expand(pattern, context)), components)) {
                return pattern;
            }
        }
        return null;
    }

    private static boolean contains(List<String> pattern, List<String> path) {
        if (path.size() < pattern.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            if (!Glob.matches(pattern.get(i), path.get(i))) {
                return false;
            }
        }
        return true;
    }
}
