package io.cordon.policy.command;

import io.cordon.policy.model.CommandMatch;
import io.cordon.policy.model.CommandRule;
import io.cordon.policy.model.Decision;
import java.util.List;
import java.util.Set;

/**
 * Whether a rule means a command (SPEC 2.7). Deny and prompt rules match loosely, so that rearranging a command does not
 * evade them; allow rules match exactly, so that nothing rides on them.
 */
public final class RuleMatcher {

    private static final Set<String> SYSTEM_FOLDERS =
            Set.of("/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin");

    private RuleMatcher() {}

    /** True when the rule certainly means the command. */
    public static boolean matches(CommandRule rule, SimpleCommand command) {
        return match(rule, command) == Verdict.YES;
    }

    /** Whether the rule means the command. An allow rule is never MAYBE: what is not certain is not allowed by it. */
    public static Verdict match(CommandRule rule, SimpleCommand command) {
        CommandMatch match = rule.match();
        if (rule.decision() == Decision.ALLOW) {
            return Verdict.of(exactly(match, command));
        }
        return piped(match, command)
                .and(Positional.loosely(match, command))
                .and(arguments(match, command, new ArgumentMatch(true, match.ignoreCase())))
                .and(noneGiven(match, command, new ArgumentMatch(false, match.ignoreCase())));
    }

    private static boolean exactly(CommandMatch match, SimpleCommand command) {
        return !command.isAssigned()
                && isTrustedPlace(match, command)
                && piped(match, command) == Verdict.YES
                && Positional.exactly(match, command)
                && arguments(match, command, new ArgumentMatch(false, match.ignoreCase())) == Verdict.YES
                && noneGivenForSure(match, command);
    }

    /** A bare name in an allow rule does not mean a program that somebody put elsewhere under that name. */
    private static boolean isTrustedPlace(CommandMatch match, SimpleCommand command) {
        String word = command.words().get(0).text();
        int slash = word.lastIndexOf('/');
        return !CommandName.isPath(word)
                || (slash > 0 && SYSTEM_FOLDERS.contains(word.substring(0, slash)))
                || match.argv().get(0).contains(word);
    }

    private static Verdict piped(CommandMatch match, SimpleCommand command) {
        return Verdict.of(match.pipedFrom().isEmpty()
                || match.pipedFrom().stream()
                        .anyMatch(name -> command.upstream().stream()
                                .anyMatch(before -> TextMatch.match(name, before, true) == Verdict.YES)));
    }

    private static Verdict arguments(CommandMatch match, SimpleCommand command, ArgumentMatch argument) {
        List<Word> given = command.words().subList(1, command.words().size());
        Verdict any = match.anyOf().isEmpty() ? Verdict.YES : Verdict.NO;
        for (String wanted : match.anyOf()) {
            any = any.or(argument.in(given, wanted));
        }
        Verdict all = Verdict.YES;
        for (List<String> alternatives : match.allOf()) {
            Verdict one = Verdict.NO;
            for (String wanted : alternatives) {
                one = one.or(argument.in(given, wanted));
            }
            all = all.and(one);
        }
        return any.and(all);
    }

    private static Verdict noneGiven(CommandMatch match, SimpleCommand command, ArgumentMatch argument) {
        List<Word> given = command.words().subList(1, command.words().size());
        return Verdict.of(match.noneOf().stream().noneMatch(excluded -> argument.in(given, excluded) == Verdict.YES));
    }

    private static boolean noneGivenForSure(CommandMatch match, SimpleCommand command) {
        List<Word> given = command.words().subList(1, command.words().size());
        ArgumentMatch loosely = new ArgumentMatch(true, true);
        return match.noneOf().stream().allMatch(excluded -> loosely.in(given, excluded) == Verdict.NO);
    }
}
