package io.cordon.agent.os.windows.access;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run that tries everything, at random, under the reading that gives it more; whatever succeeds, the policy must allow. */
final class Adversary {
    private final Scenario scenario;
    private final Scenario.Run run;
    private final ModelTree tree;
    private final Token token;

    Adversary(Scenario scenario, Scenario.Run run) {
        this.scenario = scenario;
        this.run = run;
        this.tree = scenario.bench.tree;
        Token.Restriction reading =
                scenario.random.nextBoolean() ? Token.Restriction.ANY_WRITE : Token.Restriction.GENERIC_WRITE;
        this.token = scenario.bench.token(run.capabilities(), reading);
    }

    void act(int times) {
        for (int i = 0; i < times; i++) {
            List<String> paths = tree.paths();
            String path = scenario.any(paths);
            String other = WindowsPaths.join(scenario.any(paths), scenario.any(Scenario.NAMES));
            switch (scenario.random.nextInt(8)) {
                case 0 -> check(tree.write(path, token, "written"), "write", path, names(path));
                case 1 -> check(tree.delete(path, token), "delete", path, List.of(path));
                case 2 -> move(path, other);
                case 3 -> move(path, scenario.any(paths));
                case 4 -> check(tree.link(path, other, token), "link", path + " as " + other, List.of(other));
                case 5 -> check(tree.setDacl(path, token, own()), "take", path, names(path));
                default ->
                    check(
                            tree.create(other, scenario.random.nextBoolean(), token, maybeOwn(), Bench.LOGON),
                            "create",
                            other,
                            List.of(other));
            }
        }
    }

    private List<String> names(String path) {
        ModelTree.Node node = tree.at(path);
        return node == null || node.links == 1 ? List.of(path) : tree.pathsOf(node);
    }

    /** A folder takes everything in it along. */
    private void move(String from, String to) {
        List<String> touched = new ArrayList<>(List.of(from, to));
        for (String path : tree.paths()) {
            if (path.startsWith(from + "\\")) {
                touched.add(path);
                touched.add(to + path.substring(from.length()));
            }
        }
        check(tree.rename(from, to, token), "move", from + " to " + to, touched);
    }

    private void check(boolean done, String what, String path, List<String> touched) {
        Cases.count(1);
        if (done) {
            Cases.permitted();
            for (String each : touched) {
                assertTrue(
                        run.writes(each),
                        () -> what + " " + path + " touches " + each + " by " + token.restriction() + ", "
                                + scenario.bench.trustees.form() + ", "
                                + run.policy().filesystem() + ", "
                                + run.view());
            }
        }
    }

    private @Nullable SecurityDescriptor maybeOwn() {
        return scenario.random.nextInt(3) == 0 ? own() : null;
    }

    /** Entries that a run gives to what is its own, to keep it. */
    private SecurityDescriptor own() {
        Sid trustee = scenario.random.nextBoolean() ? token.user() : Sid.EVERYONE;
        return SecurityDescriptor.of(
                token.user(), scenario.random.nextBoolean(), Acl.of(Ace.allow(3, AccessMask.FILE_ALL_ACCESS, trustee)));
    }
}
