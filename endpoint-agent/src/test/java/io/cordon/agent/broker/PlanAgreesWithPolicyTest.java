package io.cordon.agent.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Account;
import io.cordon.agent.os.FilePlan;
import io.cordon.agent.os.MountModel;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.linux.LinuxFileAccess;
import io.cordon.agent.os.linux.MemoryTree;
import io.cordon.policy.evaluate.Access;
import io.cordon.policy.evaluate.Evaluator;
import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.model.Decision;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * For random trees and policies: what the planned mounts let through is never more than what the policy says of the path. The
 * other way round it may be less (a root that does not exist is left out, a missing repository cannot be made), so that is only
 * counted, to be sure that something is let through at all.
 */
class PlanAgreesWithPolicyTest {
    private static final int CASES = 600;
    private static final int UID = 1000;
    private static final String HOME = "/home/ada";
    private static final String PROJECT = HOME + "/project";
    private static final Principal ADA = new Principal("ada", new Account.Posix(UID, UID, List.of(UID)), HOME);
    private static final List<String> HIDDEN = List.of("/var/lib/cordon", "/run/cordon");

    private static final List<String> NAMES = List.of("a", "b", "c", ".git", ".codex", ".env", "secret", "hooks");
    private static final List<String> TOPS = List.of(PROJECT, HOME, HOME + "/cache", "/srv/shared", "/srv/keys");
    private static final List<String> ROOTS = List.of(
            "${workspace}", "${tmp}", "~/cache", "${workspace}/a", "/srv/shared", "~/cache/b", "/var/lib/cordon", "~");
    private static final List<String> DENIED = List.of(
            "~/.ssh", "${workspace}/.env", "${workspace}/a/b", "~/*/secret", "/srv/keys", "~/cache/a", "${tmp}/secret");
    private static final List<String> PROTECTED =
            List.of(".git/hooks", ".git/config", ".codex", "a/c", "b", "a/b/hooks");

    private record Tally(int refused, int written, int read) {
        Tally plus(Tally other) {
            return new Tally(refused + other.refused, written + other.written, read + other.read);
        }
    }

    /** One tree with one policy over it. */
    private static final class Case {
        private final int seed;
        private final Random random;
        private final MemoryTree tree = new MemoryTree();

        Case(int seed) {
            this.seed = seed;
            random = new Random(seed);
        }

        private void grow() {
            tree.directory("/etc", 0)
                    .file("/etc/hosts", 0, "")
                    .directory("/tmp", 0, 01777)
                    .directory("/var/tmp", 0, 01777)
                    .directory(HOME, UID)
                    .directory(PROJECT, UID)
                    .file(HOME + "/.ssh/id", UID, "")
                    .file(HIDDEN.get(0) + "/identity/key.pem", 0, "")
                    .directory(HIDDEN.get(1), 0);
            if (random.nextBoolean()) {
                tree.file(PROJECT + "/.git/HEAD", UID, "ref: refs/heads/main");
            }
            for (int i = random.nextInt(25); i > 0; i--) {
                StringBuilder path = new StringBuilder(any(TOPS));
                for (int depth = 1 + random.nextInt(4); depth > 0; depth--) {
                    path.append('/').append(any(NAMES));
                }
                if (canHold(path.toString())) {
                    if (random.nextInt(3) == 0) {
                        tree.file(path.toString(), UID, "");
                    } else {
                        tree.directory(path.toString(), UID);
                    }
                }
            }
        }

        /** Whether nothing is at the path yet and everything above it is a directory or missing. */
        private boolean canHold(String path) {
            if (tree.paths().contains(path)) {
                return false;
            }
            for (Path above = Path.of(path).getParent(); above != null; above = above.getParent()) {
                switch (tree.stat(above.toString()).kind()) {
                    case DIRECTORY -> {
                        return true;
                    }
                    case MISSING -> {}
                    default -> {
                        return false;
                    }
                }
            }
            return false;
        }

        private String any(List<String> list) {
            return list.get(random.nextInt(list.size()));
        }

        private List<String> some(List<String> list) {
            List<String> shuffled = new ArrayList<>(list);
            Collections.shuffle(shuffled, random);
            return shuffled.subList(0, random.nextInt(Math.min(5, list.size())));
        }

        private static String quoted(List<String> texts) {
            return texts.stream().map(text -> '"' + text + '"').toList().toString();
        }

        private ResolvedPolicy policy(String mode) {
            String spec = Policies.USUAL
                    .replace("mode: enforce", "mode: " + mode)
                    .replace("[\"~/.ssh\"]", quoted(some(DENIED)))
                    .replace("[\"${workspace}\", \"${tmp}\"]", quoted(some(ROOTS)))
                    .replace("[\".git/hooks\", \".git/config\", \".codex\"]", quoted(some(PROTECTED)));
            return Policies.resolve(spec).policy();
        }

        /** What is there, something new in every directory, and what the policies speak of. */
        private TreeSet<String> interesting() {
            TreeSet<String> paths = new TreeSet<>(tree.paths());
            for (String path : tree.paths()) {
                NAMES.forEach(name -> paths.add((path.equals("/") ? "" : path) + "/" + name));
            }
            for (String top : List.of(PROJECT, "/tmp", HOME + "/cache", "/srv/shared")) {
                PROTECTED.forEach(name -> paths.add(top + "/" + name + "/new"));
            }
            return paths;
        }

        Tally check(boolean enforced) {
            grow();
            ResolvedPolicy policy = policy(enforced ? "enforce" : "audit");
            List<String> directories = tree.paths().stream()
                    .filter(path -> path.startsWith(HOME)
                            && tree.stat(path).kind().name().equals("DIRECTORY"))
                    .toList();
            String cwd = random.nextInt(3) == 0 ? any(directories) : PROJECT;
            LinuxFileAccess files =
                    new LinuxFileAccess(tree, HIDDEN.stream().map(Path::of).toList(), path -> false);
            FilePlan plan = files.plan(new CompiledPolicy(policy).files(), ADA, cwd, false);
            if (!(plan instanceof FilePlan.Granted granted)) {
                return new Tally(1, 0, 0);
            }
            MountModel model = new MountModel(granted.view().asMounts().mounts());
            PathContext context = new PathContext(
                    "linux", HOME, Objects.requireNonNullElse(granted.workspace(), "/no/workspace"), "/tmp", cwd);
            Tally tally = new Tally(0, 0, 0);
            for (String path : interesting()) {
                String where = "seed " + seed + ", " + path + " from " + cwd + ", " + policy.filesystem() + ", " + plan;
                if (HIDDEN.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"))) {
                    assertFalse(model.readsHost(path) || model.writes(path), where);
                } else if (enforced) {
                    tally = tally.plus(compare(policy, context, model, path, where));
                }
            }
            return tally;
        }

        private Tally compare(ResolvedPolicy policy, PathContext context, MountModel model, String path, String where) {
            boolean privately = path.startsWith("/tmp/");
            boolean written = privately ? model.writes(path) : model.writesHost(path);
            boolean fixed = privately
                    && policy.filesystem().writeRoots().stream()
                            .noneMatch(root -> root.value().equals("${tmp}"));
            Decision write = Evaluator.path(policy, context, path, Access.WRITE).decision();
            boolean there = tree.paths().contains(path);
            // A wildcard names what is there when the run starts; what is made later it cannot cover.
            boolean wildcard = policy.filesystem().readDeny().stream()
                    .anyMatch(denied -> denied.value().contains("*"));
            if (written && !fixed && (there || !wildcard)) {
                assertEquals(Decision.ALLOW, write, "written: " + where);
            }
            boolean read = there && model.readsHost(path);
            if (read) {
                assertEquals(
                        Decision.ALLOW,
                        Evaluator.path(policy, context, path, Access.READ).decision(),
                        "read: " + where);
            }
            return new Tally(0, written ? 1 : 0, read ? 1 : 0);
        }
    }

    @Test
    void whatThePlanLetsThroughThePolicyAllows() {
        Tally all = new Tally(0, 0, 0);
        for (int seed = 0; seed < CASES; seed++) {
            all = all.plus(new Case(seed).check(true));
        }
        assertTrue(all.refused() < CASES * 2 / 3, all.toString());
        assertTrue(all.written() > CASES * 10 && all.read() > CASES * 10, all.toString());
    }

    @Test
    void auditNeverShowsCordonsOwnState() {
        int refused = 0;
        for (int seed = 0; seed < CASES / 4; seed++) {
            refused += new Case(seed).check(false).refused();
        }
        assertEquals(0, refused);
    }
}
