package io.cordon.policy.document;

import io.cordon.policy.command.CommandLine;
import io.cordon.policy.command.RuleMatcher;
import io.cordon.policy.model.CommandMatch;
import io.cordon.policy.model.CommandRule;
import io.cordon.policy.model.Decision;
import java.util.List;

/** Command rules, with their examples tested (SPEC 2.7). */
final class Rules {

    private Rules() {}

    static List<CommandRule> bind(Cursor rules) {
        rules.unique("id", rule -> rule.at("id").text(""));
        return rules.items(Rules::rule);
    }

    private static CommandRule rule(Cursor cursor) {
        Cursor match = cursor.at("match");
        CommandRule rule = new CommandRule(
                cursor.at("id").text(""),
                new CommandMatch(
                        match.at("argv").items(Rules::alternatives),
                        match.at("anyOf").texts(flag -> flag),
                        match.at("allOf").items(Rules::alternatives),
                        match.at("noneOf").texts(flag -> flag),
                        match.at("pipedFrom").texts(name -> name),
                        match.at("ignoreCase").optionalFlag().orElse(false)),
                Decision.ofWord(cursor.at("decision").text("")),
                cursor.at("reason").text(""),
                cursor.at("examples").at("match").texts(line -> line),
                cursor.at("examples").at("notMatch").texts(line -> line));
        testExamples(cursor, rule);
        return rule;
    }

    private static List<String> alternatives(Cursor token) {
        return token.isList() ? token.texts(word -> word) : List.of(token.text(""));
    }

    private static void testExamples(Cursor cursor, CommandRule rule) {
        cursor.at("examples").at("match").items(example -> {
            if (!matches(rule, example.text(""))) {
                example.problem(
                        "examples.match: " + example.text("") + " (expected: rule " + rule.id() + " matches it)",
                        "Correct the match of rule " + rule.id() + ", or the example.");
            }
            return example;
        });
        cursor.at("examples").at("notMatch").items(example -> {
            if (matches(rule, example.text(""))) {
                example.problem(
                        "examples.notMatch: " + example.text("") + " (expected: rule " + rule.id()
                                + " does not match it)",
                        "Narrow the match of rule " + rule.id() + ", or correct the example.");
            }
            return example;
        });
    }

    private static boolean matches(CommandRule rule, String line) {
        return CommandLine.ofShell(line).commands().stream().anyMatch(command -> RuleMatcher.matches(rule, command));
    }
}
