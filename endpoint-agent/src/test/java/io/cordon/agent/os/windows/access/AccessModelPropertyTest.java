package io.cordon.agent.os.windows.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.evaluate.Access;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * For random trees and policies, under both readings of write restriction and both forms of the token: planned entries and token
 * permit a write if and only if the policy does; never more, and less only where it is stated.
 */
class AccessModelPropertyTest {
    private static final List<Token.Restriction> READINGS =
            List.of(Token.Restriction.ANY_WRITE, Token.Restriction.GENERIC_WRITE);
    private static final int WRITE_DATA = 0x2;
    private static final int ADD_FOLDER = 0x4;
    private static final int DELETE_CHILD = 0x40;
    private static final int DELETE = 0x10000;
    private static final int TAKE = 0x40000 | 0x80000;

    @AfterContainer
    static void tell() throws IOException {
        Cases.write();
    }

    @Property(tries = 150)
    void entriesAndTokenPermitAWriteIfAndOnlyIfThePolicyDoes(@ForAll long seed, @ForAll Trustees.TokenForm form) {
        Scenario scenario = new Scenario(seed, form);
        try {
            Scenario.Run run = scenario.run(scenario.policy(), scenario.cwd());
            if (run != null) {
                for (Token.Restriction reading : READINGS) {
                    Token token = scenario.bench.token(run.capabilities(), reading);
                    scenario.interesting().forEach(path -> compare(scenario, run, null, token, path));
                    scenario.interesting().forEach(path -> requireWhatIsAllowed(scenario, run, token, path));
                }
            }
        } finally {
            scenario.bench.close();
        }
    }

    private static String where(Scenario scenario, Scenario.Run run, Token token, String path) {
        return path + " by " + token.restriction() + ", " + scenario.bench.trustees.form() + ", "
                + run.policy().filesystem() + ", " + run.view();
    }

    /** Windows permits → the policy does. */
    private static void compare(
            Scenario scenario, Scenario.Run run, Scenario.@Nullable Run former, Token token, String path) {
        ModelTree tree = scenario.bench.tree;
        ModelTree.Node node = tree.at(path);
        ModelTree.Node above = tree.at(ModelTree.parent(path));
        Cases.count(1);
        if (node == null) {
            boolean made = above != null
                    && above.directory
                    && (AccessCheck.granted(above.descriptor, token) & (WRITE_DATA | ADD_FOLDER)) != 0;
            assertFalse(made && !run.writes(path), () -> "made: " + where(scenario, run, token, path));
            return;
        }
        int rights = AccessCheck.granted(node.descriptor, token);
        if ((rights & 0x1) != 0 && former == null) {
            assertTrue(
                    run.allows(path, Access.READ),
                    () -> "read: " + where(scenario, run, token, path) + " " + Sddl.format(node.descriptor));
        }
        if (!node.directory && (rights & 0x116) != 0 && !mayWrite(tree, run, former, node, path)) {
            throw new AssertionError(
                    "written: " + where(scenario, run, token, path) + " " + Sddl.format(node.descriptor));
        }
        boolean removed = (rights & DELETE) != 0
                || above != null && (AccessCheck.granted(above.descriptor, token) & DELETE_CHILD) != 0;
        assertFalse(
                removed && !mayWrite(tree, run, former, node, path),
                () -> "removed: " + where(scenario, run, token, path) + " " + Sddl.format(node.descriptor));
        if (former == null) {
            assertEquals(
                    0,
                    rights & TAKE,
                    () -> "taken: " + where(scenario, run, token, path) + " " + Sddl.format(node.descriptor));
        }
    }

    /**
     * By every name of the object; after a change of policy a name in a former root may remain of an object that has another one
     * in a root that is still one.
     */
    private static boolean mayWrite(
            ModelTree tree, Scenario.Run run, Scenario.@Nullable Run former, ModelTree.Node node, String path) {
        List<String> names = node.links == 1 ? List.of(path) : tree.pathsOf(node);
        boolean all = names.stream().allMatch(run::writes);
        return all
                || former != null
                        && names.stream().anyMatch(run::writes)
                        && names.stream().allMatch(name -> run.writes(name) || former.writes(name));
    }

    /** The policy permits → Windows does, in one request for reading, writing and deleting. */
    private static void requireWhatIsAllowed(Scenario scenario, Scenario.Run run, Token token, String path) {
        ModelTree.Node node = scenario.bench.tree.at(path);
        if (!run.writes(path) || run.isNarrower(path)) {
            return;
        }
        Cases.count(1);
        if (node == null) {
            ModelTree.Node above = scenario.bench.tree.at(ModelTree.parent(path));
            boolean inFolder = above != null && above.directory && run.writes(ModelTree.parent(path));
            assertTrue(
                    !inFolder || AccessCheck.permits(above.descriptor, token, WRITE_DATA | ADD_FOLDER),
                    () -> "not made: " + where(scenario, run, token, path));
            return;
        }
        int desired = 0x12019F | (run.isHeld(path) ? 0 : DELETE);
        assertTrue(
                AccessCheck.permits(node.descriptor, token, desired),
                () -> "not written: " + where(scenario, run, token, path) + " " + Sddl.format(node.descriptor));
        Cases.permitted();
    }

    @Property(tries = 120)
    void whateverARunDoesItStaysInsideThePolicy(@ForAll long seed, @ForAll Trustees.TokenForm form) {
        Scenario scenario = new Scenario(seed, form);
        try {
            Scenario.Run run = scenario.run(scenario.policy(), scenario.cwd());
            if (run != null) {
                new Adversary(scenario, run).act(60);
                // The same run again: what it did must not have changed what it may.
                scenario.bench.prepared(run.view());
                new Adversary(scenario, run).act(30);
            }
        } finally {
            scenario.bench.close();
        }
    }

    /** An exception ends, a root goes, a path becomes protected: nothing of what was is left, whatever runs did meanwhile. */
    @Property(tries = 120)
    void afterAnotherPolicyNothingOfTheFormerOneIsLeft(@ForAll long seed, @ForAll Trustees.TokenForm form) {
        Scenario scenario = new Scenario(seed, form);
        try {
            String cwd = scenario.cwd();
            Scenario.Run former = scenario.run(scenario.policy(), cwd);
            if (former == null) {
                return;
            }
            new Adversary(scenario, former).act(60);
            scenario.bench.policyDigest = "policy-2";
            ResolvedPolicy next = scenario.policy();
            String workspace = former.context().workspace();
            Scenario.Run run = scenario.run(next, scenario.bench.tree.at(cwd) == null ? Bench.PROJECT : cwd);
            if (run == null || !run.context().workspace().equals(workspace)) {
                return;
            }
            for (Token.Restriction reading : READINGS) {
                Token token = scenario.bench.token(run.capabilities(), reading);
                scenario.interesting().forEach(path -> compare(scenario, run, former, token, path));
                run.view().roots().forEach(root -> requireUsable(scenario, run, token, root.path()));
            }
            requireNoTrace(scenario, former, run);
        } finally {
            scenario.bench.close();
        }
    }

    /**
     * The developer goes on in a folder that a run has made or changed: it is theirs, and no run's to keep. A root that another
     * view of the policy closes stays closed as long as that view is one of the policy in force.
     */
    @Property(tries = 120)
    void inWhatARunMadeTheNextOneHasItsPolicyToo(@ForAll long seed) {
        Scenario scenario = new Scenario(seed, Trustees.TokenForm.RESTRICTING_AND_GROUPS);
        try {
            ResolvedPolicy policy = scenario.policy();
            Scenario.Run first = scenario.run(policy, scenario.cwd());
            if (first == null) {
                return;
            }
            Map<String, ModelTree.Node> found = new HashMap<>();
            scenario.bench.tree.paths().forEach(path -> found.put(path, scenario.bench.tree.get(path)));
            new Adversary(scenario, first).act(60);
            Scenario.Run run = scenario.run(policy, scenario.cwd());
            if (run == null) {
                return;
            }
            for (Token.Restriction reading : READINGS) {
                Token token = scenario.bench.token(run.capabilities(), reading);
                scenario.interesting().stream()
                        .filter(path -> !isOpenedByARun(scenario, first, found, path))
                        .forEach(path -> compare(scenario, run, first, token, path));
                run.view().roots().stream()
                        .filter(root -> !WindowsPaths.insideAny(
                                root.path(), first.view().deniedReads()))
                        .forEach(root -> requireUsable(scenario, run, token, root.path()));
            }
        } finally {
            scenario.bench.close();
        }
    }

    /**
     * What a run makes it can open to its account, and so to that account's next run, and what it moves keeps the entries of
     * where it was; until another policy comes. What the run found stays what it was.
     */
    private static boolean isOpenedByARun(
            Scenario scenario, Scenario.Run run, Map<String, ModelTree.Node> found, String path) {
        ModelTree.Node node = scenario.bench.tree.at(path);
        return run.writes(path)
                && (node == null
                        ? isOpenedByARun(scenario, run, found, ModelTree.parent(path))
                        : node != found.get(path));
    }

    private static void requireUsable(Scenario scenario, Scenario.Run run, Token token, String root) {
        SecurityDescriptor descriptor = scenario.bench.tree.get(root).descriptor;
        int whole = AccessMask.MODIFY & ~DELETE;
        assertTrue(
                AccessCheck.permits(descriptor, token, whole),
                () -> "not usable: " + where(scenario, run, token, root) + " " + Sddl.format(descriptor));
        assertEquals(
                0,
                AccessCheck.granted(descriptor, token) & TAKE,
                () -> "taken: " + where(scenario, run, token, root) + " " + Sddl.format(descriptor));
    }

    private static void requireNoTrace(Scenario scenario, Scenario.Run former, Scenario.Run run) {
        for (String path : scenario.bench.tree.paths()) {
            boolean rooted = run.view().roots().stream().anyMatch(root -> WindowsPaths.inside(path, root.path()));
            for (AclEntry entry : rooted
                    ? List.<AclEntry>of()
                    : scenario.bench.tree.get(path).descriptor.entries()) {
                boolean old = entry instanceof Ace ace
                        && former.capabilities().contains(ace.sid())
                        && !run.capabilities().contains(ace.sid());
                assertFalse(old, () -> path + " " + entry);
            }
        }
    }
}
