package io.cordon.policy.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One rule over commands.
 *
 * @param id unique in its document: lower-case letters, digits and hyphens; in a resolved policy, rules of a tightening or
 *     exception have its name and a slash before
 * @param reason shown to whoever is refused
 * @param examples commands that the rule must match, tested when the document is read
 * @param counterExamples commands that the rule must not match, likewise
 */
public record CommandRule(
        String id,
        CommandMatch match,
        Decision decision,
        String reason,
        List<String> examples,
        List<String> counterExamples) {

    private static final Pattern ID = Pattern.compile("(?:[a-z][a-z0-9-]{0,62}/)?[a-z][a-z0-9-]{0,62}");

    public CommandRule {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "rule id: " + id + " (expected: a-z, 0-9 and '-', starting with a letter, at most 63)");
        }
        examples = List.copyOf(examples);
        counterExamples = List.copyOf(counterExamples);
    }

    /** This rule as a resolved policy holds it: tested, so without examples, and named after its overlay when it has one. */
    public CommandRule resolved(String overlay) {
        String name = overlay.isEmpty() ? id : overlay + "/" + id;
        return new CommandRule(name, match, decision, reason, List.of(), List.of());
    }
}
