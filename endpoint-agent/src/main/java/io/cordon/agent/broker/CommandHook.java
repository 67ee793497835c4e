package io.cordon.agent.broker;

import io.cordon.agent.adapters.hook.HookAnswer;
import io.cordon.agent.adapters.hook.HookCall;
import io.cordon.agent.adapters.hook.HookEvent;
import io.cordon.agent.adapters.hook.HookForm;
import io.cordon.agent.adapters.hook.Rewritten;
import io.cordon.agent.adapters.hook.ToolUse;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Mode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rules on commands: whichever runs, runs as {@code cordon run}, whether or not anybody is asked. */
final class CommandHook {
    private static final String TOO_LONG = "The command is too long to be confined. Put it into a script and run that.";
    private static final String NOT_SEEN =
            "Cordon has not put its boundary around this command, so it may not run. Call the tool again.";
    private static final String NOBODY = " This session asks nobody, so it was not run.";
    /** With full access, its settings cannot make Copilot CLI ask. */
    private static final String MAY_NOT_ASK =
            " Nobody can be asked while the policy allows this agent full access, so it was not run.";
    /** How Codex has its developer asked, and then leaves the command to Cordon's boundary. */
    private static final String HOW_TO_ASK =
            " To have the developer asked, call it once more, unchanged, with sandbox_permissions"
                    + " \"require_escalated\" and a justification.";

    private final Asks asks;
    private final String cordon;

    CommandHook(Asks asks, String cordon) {
        this.asks = asks;
        this.cordon = cordon;
    }

    /** @param left questions that got no answer because this command took their place */
    record Ruled(HookRuling ruling, List<AskOutcome> left) {
        static Ruled of(HookRuling ruling) {
            return new Ruled(ruling, List.of());
        }
    }

    /** The command that an agent was told to run, if the call is about it. */
    Optional<IssuedCommand> known(String account, HookCall call) {
        return call.tool() instanceof ToolUse.Command command
                ? asks.issued(account, call.agent(), call.session(), Rewritten.text(command))
                : Optional.empty();
    }

    /** What an event tells about questions that wait. */
    List<AskOutcome> heard(String account, HookCall call, Instant now) {
        return switch (call.event()) {
            case AFTER_TOOL -> asks.settle(account, each -> isAbout(call, each), AskOutcome.Kind.ALLOWED, now);
            case TOOL_FAILED, REFUSED -> asks.settle(account, each -> isAbout(call, each), AskOutcome.Kind.DENIED, now);
            case PROMPT, TURN_END ->
                asks.settle(account, each -> each.asked() && sameSession(call, each), AskOutcome.Kind.DENIED, now);
            case SESSION_END -> asks.settle(account, each -> sameSession(call, each), AskOutcome.Kind.UNANSWERED, now);
            case SESSION_START, BEFORE_TOOL, APPROVAL, ERROR, OTHER -> List.of();
        };
    }

    private static boolean isAbout(HookCall call, IssuedCommand issued) {
        return sameSession(call, issued) && issued.toolCall().equals(call.toolCall());
    }

    private static boolean sameSession(HookCall call, IssuedCommand issued) {
        return issued.agent() == call.agent() && issued.session().equals(call.session());
    }

    Ruled rule(
            String account,
            HookForm form,
            HookCall call,
            ToolUse.Command command,
            ResolvedPolicy policy,
            Verdict verdict,
            Instant now) {
        // A model that repeats what it saw Cordon put there is no second hook of the same call.
        Optional<IssuedCommand> known =
                known(account, call).filter(each -> call.event() == HookEvent.APPROVAL || isAbout(call, each));
        if (known.isPresent()) {
            return Ruled.of(again(call, known.get(), policy));
        }
        if (policy.mode() == Mode.AUDIT) {
            return call.event() == HookEvent.BEFORE_TOOL
                    ? issue(account, call, command, verdict, Way.AUDITED, now)
                    : Ruled.of(HookRuling.none(verdict));
        }
        if (verdict.decision() == Decision.DENY) {
            return Ruled.of(HookRuling.deny(verdict, verdict.refusal(policy)));
        }
        if (call.event() == HookEvent.APPROVAL) {
            return Ruled.of(HookRuling.deny(verdict, NOT_SEEN));
        }
        if (verdict.decision() == Decision.ALLOW) {
            return issue(account, call, command, verdict, Way.ALLOWED, now);
        }
        String text = Rewritten.text(command);
        if (asks.remembered(account, call.agent(), call.session(), place(call), text, now)) {
            return issue(account, call, command, verdict, Way.REMEMBERED, now);
        }
        if (form.asking() == HookForm.Asking.BY_ANSWER) {
            return issue(account, call, command, verdict, Way.ASKED, now);
        }
        String needed = "approval is needed by rule " + verdict.rule() + ": " + verdict.reason();
        if (form.asking() == HookForm.Asking.BY_SETTINGS) {
            boolean fullAccess = policy.agents()
                            .rules(call.agent().policyKey())
                            .map(Agents.AgentRules::fullAccess)
                            .orElse(Decision.DENY)
                    == Decision.ALLOW;
            return fullAccess
                    ? Ruled.of(HookRuling.deny(verdict, needed + MAY_NOT_ASK))
                    : issue(account, call, command, verdict, Way.ASKED_BY_SETTINGS, now);
        }
        if (!call.asks()) {
            return Ruled.of(HookRuling.deny(verdict, needed + NOBODY));
        }
        return asks.told(account, call.agent(), call.session(), place(call), text, now)
                ? issue(account, call, command, verdict, Way.ASKED_BY_MODEL, now)
                : Ruled.of(HookRuling.deny(verdict, needed + HOW_TO_ASK));
    }

    /** A command that Cordon put there comes back: to another hook, or because the agent is about to ask for it. */
    private HookRuling again(HookCall call, IssuedCommand issued, ResolvedPolicy policy) {
        Verdict verdict = new Verdict(
                issued.asked() ? Decision.PROMPT : Decision.ALLOW, issued.rule(), "It is what Cordon put there.");
        if (policy.mode() == Mode.AUDIT) {
            return HookRuling.none(verdict);
        }
        if (!issued.asked()) {
            if (call.event() == HookEvent.APPROVAL && HookRules.asksAlways(policy, call)) {
                return HookRuling.none(verdict);
            }
            return new HookRuling(new HookAnswer.Allow("It runs confined.", null), verdict, "allow", false);
        }
        if (call.event() == HookEvent.APPROVAL) {
            // The agent's dialog is what was waited for; what it brings shows by whether the command runs.
            asks.grant(issued);
            return new HookRuling(new HookAnswer.Nothing(), verdict, "ask", false);
        }
        return new HookRuling(new HookAnswer.Ask(verdict.reason(), null), verdict, "ask", false);
    }

    /** Gemini CLI can be told another folder for a command than its own. */
    private static String place(HookCall call) {
        return call.cwd() + "\n" + call.input().path("dir_path").asText("");
    }

    /** How a command comes to run. */
    private enum Way {
        ALLOWED,
        REMEMBERED,
        ASKED,
        /** The agent's own rules make it ask for {@code cordon run --asked}; only when it is about to, the run is granted. */
        ASKED_BY_SETTINGS,
        ASKED_BY_MODEL,
        AUDITED;

        boolean asks() {
            return this == ASKED || this == ASKED_BY_SETTINGS || this == ASKED_BY_MODEL;
        }
    }

    private Ruled issue(String account, HookCall call, ToolUse.Command command, Verdict verdict, Way way, Instant now) {
        String toolCall = String.valueOf(call.toolCall());
        Optional<Rewritten> rewritten = Rewritten.of(cordon, call, command, toolCall, way.asks());
        if (rewritten.isEmpty()) {
            return Ruled.of(way == Way.AUDITED ? HookRuling.none(verdict) : HookRuling.deny(verdict, TOO_LONG));
        }
        Rewritten instead = rewritten.get();
        IssuedCommand issued = new IssuedCommand(
                account,
                call.agent(),
                call.session(),
                toolCall,
                instead.text(),
                Rewritten.text(command),
                place(call),
                command.argv(),
                way.asks(),
                way == Way.ASKED || way == Way.REMEMBERED,
                verdict.rule(),
                now);
        List<AskOutcome> left = asks.issue(issued, now);
        HookRuling ruling =
                switch (way) {
                    case ALLOWED -> allow(verdict, "It runs confined.", instead, false);
                    case REMEMBERED -> allow(verdict, "You allowed it before in this session.", instead, true);
                    case ASKED, ASKED_BY_SETTINGS ->
                        new HookRuling(new HookAnswer.Ask(verdict.reason(), instead), verdict, "ask", false);
                    case ASKED_BY_MODEL ->
                        new HookRuling(new HookAnswer.Allow(verdict.reason(), instead), verdict, "ask", false);
                    case AUDITED -> new HookRuling(new HookAnswer.Replace(instead), verdict, "allow", false);
                };
        return new Ruled(ruling, left);
    }

    private static HookRuling allow(Verdict verdict, String why, Rewritten instead, boolean remembered) {
        return new HookRuling(new HookAnswer.Allow(why, instead), verdict, "allow", remembered);
    }
}
