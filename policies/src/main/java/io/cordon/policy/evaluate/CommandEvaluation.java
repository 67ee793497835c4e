package io.cordon.policy.evaluate;

import io.cordon.policy.command.CommandLine;
import io.cordon.policy.command.RuleMatcher;
import io.cordon.policy.command.SimpleCommand;
import io.cordon.policy.command.Verdict;
import io.cordon.policy.model.CommandRule;
import io.cordon.policy.model.Commands;
import io.cordon.policy.model.Decision;
import java.util.ArrayList;
import java.util.List;

/** Decides on a command: every command that it consists of on its own, the strictest holds (SPEC 4.4). */
final class CommandEvaluation {

    static final String DEFAULT = "default";
    static final String UNKNOWN = "unknown-shell";
    static final String CARRIER = "carrier";

    private final Commands commands;

    private CommandEvaluation(Commands commands) {
        this.commands = commands;
    }

    static CommandDecision decide(Commands commands, CommandLine line) {
        CommandEvaluation evaluation = new CommandEvaluation(commands);
        List<CommandDecision.Part> parts = new ArrayList<>();
        for (SimpleCommand command : line.commands()) {
            parts.add(evaluation.part(command));
        }
        Finding strictest = Finding.NONE;
        for (CommandDecision.Part part : parts) {
            strictest = strictest.strictest(new Finding(part.decision(), part.rule(), part.reason()));
        }
        if (line.commands().isEmpty()) {
            strictest = new Finding(Decision.DENY, "no-command", "There is no command.");
        } else if (!line.unknowns().isEmpty()) {
            strictest = strictest.strictest(evaluation.unknown(String.join("; ", line.unknowns())));
        }
        return new CommandDecision(strictest.decision(), strictest.rule(), strictest.reason(), parts);
    }

    private CommandDecision.Part part(SimpleCommand command) {
        Finding finding = byRules(command, commands.rules(), Finding.NONE);
        if (finding == Finding.NONE) {
            finding = command.isCarrier()
                    ? new Finding(Decision.ALLOW, CARRIER, "It only starts the commands that are decided on their own.")
                    : new Finding(commands.defaultDecision(), DEFAULT, defaultReason());
        }
        finding = byRules(command, commands.narrowing(), finding);
        finding = uncertain(command, commands.rules(), finding);
        finding = uncertain(command, commands.narrowing(), finding);
        return new CommandDecision.Part(command.argv(), finding.decision(), finding.rule(), finding.reason());
    }

    private static Finding byRules(SimpleCommand command, List<CommandRule> rules, Finding start) {
        Finding strictest = start;
        for (CommandRule rule : rules) {
            if (RuleMatcher.match(rule, command) == Verdict.YES) {
                strictest = strictest.strictest(new Finding(rule.decision(), rule.id(), rule.reason()));
            }
        }
        return strictest;
    }

    private Finding uncertain(SimpleCommand command, List<CommandRule> rules, Finding start) {
        Finding strictest = start;
        for (CommandRule rule : rules) {
            if (RuleMatcher.match(rule, command) == Verdict.MAYBE) {
                strictest = strictest.strictest(unknown("whether rule " + rule.id() + " means it"));
            }
        }
        return strictest;
    }

    private Finding unknown(String what) {
        return new Finding(commands.unknown(), UNKNOWN, "Only running the command would tell: " + what + ".");
    }

    private String defaultReason() {
        return switch (commands.defaultDecision()) {
            case ALLOW -> "No rule speaks against it.";
            case PROMPT -> "No rule allows it without approval.";
            case DENY -> "No rule allows it.";
        };
    }

    /** A decision and what made it. Of two that are equally strict, the first one that a named rule made stays. */
    private record Finding(Decision decision, String rule, String reason) {

        static final Finding NONE = new Finding(Decision.ALLOW, "", "");

        Finding strictest(Finding other) {
            if (this == NONE || decision.isMorePermissiveThan(other.decision)) {
                return other;
            }
            return decision == other.decision && other.weight() > weight() ? other : this;
        }

        private int weight() {
            return switch (rule) {
                case CARRIER -> 0;
                case DEFAULT, UNKNOWN -> 1;
                default -> 2;
            };
        }
    }
}
