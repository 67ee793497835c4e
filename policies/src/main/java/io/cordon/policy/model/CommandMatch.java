package io.cordon.policy.model;

import java.util.List;

/**
 * Which commands a rule means (SPEC 2.7). Every token is a list of alternatives, every alternative a glob.
 *
 * @param argv the command word and the words that follow it, options left out of account
 * @param anyOf at least one of these arguments is given, when not empty
 * @param allOf all of these arguments are given
 * @param noneOf none of these arguments is given
 */
public record CommandMatch(List<List<String>> argv, List<String> anyOf, List<String> allOf, List<String> noneOf) {

    public CommandMatch {
        argv = argv.stream().map(List::copyOf).toList();
        anyOf = List.copyOf(anyOf);
        allOf = List.copyOf(allOf);
        noneOf = List.copyOf(noneOf);
        if (argv.isEmpty() || argv.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("match.argv: empty (expected: at least the command word)");
        }
    }
}
