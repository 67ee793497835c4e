package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.Ledger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings Windows Firewall to a list of rules, by the difference only. There is no transaction: each step closes more or is last. */
final class FirewallConvergence {
    private final FirewallRules firewall;
    private final FenceLedger ledger;

    FirewallConvergence(FirewallRules firewall, Ledger ledger) {
        this.firewall = firewall;
        this.ledger = new FenceLedger(ledger, Set.of(FenceObject.RULE));
    }

    /** @param problem why this layer does not hold, though it is written */
    record Outcome(int writes, List<String> drift, Optional<String> problem) {}

    Outcome converge(List<FirewallRule> wanted) throws IOException {
        Optional<String> problem = firewall.modifyState().problem();
        Map<String, String> found = firewall.rules().stream()
                .collect(Collectors.toMap(
                        FirewallRules.Found::name, FirewallRules.Found::text, (a, b) -> a + " and " + b));
        List<FenceObject> objects = new ArrayList<>();
        found.forEach((name, text) -> objects.add(new FenceObject(FenceObject.RULE, name, name, text)));
        List<String> drift = ledger.drift(objects);
        List<FirewallRule> differing = wanted.stream()
                .filter(rule -> !rule.text().equals(found.get(rule.name())))
                .toList();
        List<String> foreign = found.keySet().stream()
                .filter(name -> wanted.stream().noneMatch(rule -> rule.name().equals(name)))
                .toList();
        List<FenceObject> wantedObjects = wanted.stream().map(FenceObject::of).toList();
        ledger.intend(wantedObjects);
        write(differing, foreign);
        ledger.settle(wantedObjects);
        return new Outcome(differing.size() + foreign.size(), drift, problem);
    }

    /** Everything closed first, and only then the ports opened. */
    private void write(List<FirewallRule> differing, List<String> foreign) throws IOException {
        for (FirewallRule rule : differing) {
            firewall.put(FirewallPlanner.closed(rule));
        }
        for (FirewallRule rule : differing) {
            if (!FirewallPlanner.closed(rule).equals(rule)) {
                firewall.put(rule);
            }
        }
        for (String name : foreign) {
            firewall.remove(name);
        }
    }

    void remove() throws IOException {
        for (FirewallRules.Found rule : firewall.rules()) {
            firewall.remove(rule.name());
        }
        ledger.settle(List.of());
    }
}
