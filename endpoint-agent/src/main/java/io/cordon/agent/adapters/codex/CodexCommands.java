package io.cordon.agent.adapters.codex;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CommandPrefixes;
import io.cordon.policy.model.CommandMatch;
import io.cordon.policy.model.Commands;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Deny and prompt rules as prefixes. Codex compares word by word from the first, so a prefix means less than the rule of the
 * policy, never more. Rules that no prefix can say are left to Cordon, which decides every command anyway.
 */
final class CodexCommands {
    private CodexCommands() {}

    static void put(ObjectNode root, Commands commands, List<String> limits) {
        ArrayNode prefixes = JsonNodeFactory.instance.arrayNode();
        List<String> left = new ArrayList<>();
        CommandPrefixes.restricting(commands).forEach(rule -> {
            if (!expressible(rule.match())) {
                left.add(rule.id());
                return;
            }
            ObjectNode prefix = prefixes.addObject();
            ArrayNode pattern = prefix.putArray("pattern");
            rule.match().argv().forEach(words -> word(pattern, words));
            if (!rule.match().anyOf().isEmpty()) {
                word(pattern, rule.match().anyOf());
            }
            prefix.put("decision", rule.decision() == Decision.DENY ? "forbidden" : "prompt");
            prefix.put("justification", rule.reason());
        });
        if (!prefixes.isEmpty()) {
            root.putObject("rules").set("prefix_rules", prefixes);
        }
        if (!left.isEmpty()) {
            limits.add("Codex cannot be told these command rules, which Cordon decides: " + String.join(", ", left));
        }
    }

    private static boolean expressible(CommandMatch match) {
        return CommandPrefixes.wordsAlone(match)
                && Stream.concat(match.argv().stream().flatMap(List::stream), match.anyOf().stream())
                        .allMatch(word -> Glob.isLiteral(word) && !word.isEmpty());
    }

    private static void word(ArrayNode pattern, List<String> alternatives) {
        if (alternatives.size() == 1) {
            pattern.addObject().put("token", alternatives.get(0));
        } else {
            ArrayNode any = pattern.addObject().putArray("any_of");
            alternatives.forEach(any::add);
        }
    }
}
