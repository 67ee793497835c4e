package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.FilePlan;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.windows.Sid;
import io.cordon.policy.evaluate.Access;
import io.cordon.policy.evaluate.Evaluator;
import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.model.Decision;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A random tree on the bench, random policies over it, and what the policy itself says of a path. */
final class Scenario {
    static final List<String> NAMES = List.of("a", "b", "c", ".git", ".codex", ".env", "secret", "hooks");
    private static final List<String> TOPS =
            List.of(Bench.PROJECT, Bench.HOME, Bench.HOME + "\\cache", "C:\\shared", "C:\\keys");
    private static final List<String> ROOTS =
            List.of("${workspace}", "${tmp}", "~/cache", "${workspace}/a", "C:/shared", "~/cache/b", "C:/keys/none");
    private static final List<String> DENIED =
            List.of("~/.ssh", "${workspace}/.env", "${workspace}/a/b", "C:/keys", "~/cache/a", "${workspace}/b/secret");
    private static final List<String> PROTECTED =
            List.of(".git/hooks", ".git/config", ".codex", "a/c", "b", "a/b/hooks");

    final Random random;
    final Bench bench;

    Scenario(long seed, Trustees.TokenForm form) {
        random = new Random(seed);
        bench = new Bench(form);
        grow();
    }

    private void grow() {
        String shared =
                "O:BAG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICI;FA;;;" + Bench.ADA + ")";
        for (String folder : List.of("C:\\shared", "C:\\keys")) {
            bench.tree.folder(folder, Bench.ADA).secure(folder, shared);
        }
        bench.tree.file("C:\\tools\\tool.exe", Sid.ADMINISTRATORS, "tool");
        if (random.nextBoolean()) {
            bench.tree.file(Bench.PROJECT + "\\.git\\HEAD", Bench.ADA, "ref");
        }
        for (int i = random.nextInt(25); i > 0; i--) {
            StringBuilder path = new StringBuilder(any(TOPS));
            for (int depth = 1 + random.nextInt(4); depth > 0; depth--) {
                path.append('\\').append(any(NAMES));
            }
            if (canHold(path.toString())) {
                bench.tree.with(path.toString(), random.nextInt(3) > 0, Bench.ADA);
            }
        }
    }

    private boolean canHold(String path) {
        String at = path;
        while (bench.tree.at(at) == null) {
            at = ModelTree.parent(at);
        }
        return !at.equals(path) && bench.tree.get(at).directory;
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private List<String> some(List<String> list) {
        List<String> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, random.nextInt(Math.min(5, list.size())));
    }

    ResolvedPolicy policy() {
        return TestPolicy.of(some(DENIED), some(ROOTS), some(PROTECTED));
    }

    /** A working directory of the developer's. */
    String cwd() {
        List<String> folders = bench.tree.paths().stream()
                .filter(path -> path.startsWith(Bench.PROJECT) && bench.tree.get(path).directory)
                .toList();
        return random.nextInt(3) == 0 ? any(folders) : Bench.PROJECT;
    }

    /** One run prepared under a policy; null when it was refused. */
    @Nullable
    Run run(ResolvedPolicy policy, String cwd) {
        Set<String> before = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        before.addAll(bench.tree.paths());
        if (!(bench.plan(TestPolicy.boundary(policy), cwd) instanceof FilePlan.Granted granted)) {
            return null;
        }
        PathContext context = Bench.context(bench.access(), cwd);
        FileView.Acls view = granted.view().asAcls();
        return new Run(policy, context, view, bench.prepared(view), before, new HashMap<>());
    }

    /**
     * A prepared run.
     *
     * @param before what was there before it was prepared
     * @param decisions of the policy, as they were asked for
     */
    record Run(
            ResolvedPolicy policy,
            PathContext context,
            FileView.Acls view,
            List<Sid> capabilities,
            Set<String> before,
            Map<String, Boolean> decisions) {
        boolean allows(String path, Access access) {
            return decisions.computeIfAbsent(
                    access + path,
                    any -> Evaluator.path(policy, context, path, access).decision() == Decision.ALLOW);
        }

        boolean writes(String path) {
            return allows(path, Access.WRITE);
        }

        /**
         * Where Windows' plan is narrower than the policy, by the list that WindowsFileAccess states: below no root that exists; a
         * repository that was missing; a file that stands where a closed path leads through.
         */
        boolean isNarrower(String path) {
            boolean rooted = view.roots().stream().anyMatch(root -> WindowsPaths.inside(path, root.path()));
            return !rooted
                    || inMissingRepository(path)
                    || closed().stream().anyMatch(end -> WindowsPaths.inside(path, end));
        }

        private boolean inMissingRepository(String path) {
            for (String at = path; !WindowsPaths.isDriveRoot(at); at = WindowsPaths.parent(at)) {
                if (WindowsPaths.name(at).equalsIgnoreCase(".git") && !before.contains(at)) {
                    return true;
                }
            }
            return false;
        }

        /** Closed ends that are files, though the policy's own path goes on below. */
        private List<String> closed() {
            Set<String> ends = new HashSet<>(view.deniedReads());
            view.roots().forEach(root -> ends.addAll(root.protectedPaths()));
            return ends.stream().filter(this::writes).toList();
        }

        /** Whether the folder has to stay where it is, being a root or above something closed. */
        boolean isHeld(String path) {
            return view.roots().stream().anyMatch(root -> WindowsPaths.same(root.path(), path))
                    || view.roots().stream()
                            .flatMap(root -> root.protectedPaths().stream())
                            .anyMatch(end -> WindowsPaths.inside(end, path))
                    || view.deniedReads().stream().anyMatch(end -> WindowsPaths.inside(end, path));
        }
    }

    /** What is there, something new in every folder, and what policies speak of. */
    TreeSet<String> interesting() {
        TreeSet<String> paths = new TreeSet<>(bench.tree.paths());
        for (String path : bench.tree.paths()) {
            NAMES.forEach(name -> paths.add(WindowsPaths.join(path, name)));
            paths.add(WindowsPaths.join(path, "brand-new"));
        }
        return paths;
    }
}
