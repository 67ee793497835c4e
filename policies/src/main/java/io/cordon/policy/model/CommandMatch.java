package io.cordon.policy.model;

import java.util.List;

/**
 * Which commands a rule means (SPEC 2.7). Every token is a list of alternatives, every alternative a glob.
 *
 * @param argv the command word and the words that follow it, options left out of account
 * @param anyOf at least one of these arguments is given, when not empty
 * @param allOf of each of these lists of alternatives, one argument is given
 * @param noneOf none of these arguments is given
 * @param pipedFrom one of these commands stands before it in its pipeline, when not empty
 * @param ignoreCase whether case does not matter in arguments; in the command word of deny and prompt rules it never does
 */
public record CommandMatch(
        List<List<String>> argv,
        List<String> anyOf,
        List<List<String>> allOf,
        List<String> noneOf,
        List<String> pipedFrom,
        boolean ignoreCase) {

    public CommandMatch {
        argv = argv.stream().map(List::copyOf).toList();
        anyOf = List.copyOf(anyOf);
        allOf = allOf.stream().map(List::copyOf).toList();
        noneOf = List.copyOf(noneOf);
        pipedFrom = List.copyOf(pipedFrom);
        if (argv.isEmpty() || argv.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("match.argv: empty (expected: at least the command word)");
        }
    }
}
