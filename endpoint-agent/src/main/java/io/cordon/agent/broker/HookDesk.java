package io.cordon.agent.broker;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.hook.HookAnswer;
import io.cordon.agent.adapters.hook.HookCall;
import io.cordon.agent.adapters.hook.HookEvent;
import io.cordon.agent.adapters.hook.HookForm;
import io.cordon.agent.adapters.hook.HookFormException;
import io.cordon.agent.adapters.hook.ToolUse;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.Principal;
import io.cordon.policy.model.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Answers hooks: reads the call, decides, records, and only then tells the agent. What a hook says is the word of a process of the
 * developer's account. That the developer was asked and said yes is such a word, too: it lifts {@code prompt}, and never {@code deny}.
 */
final class HookDesk implements Approver {
    private static final System.Logger LOG = System.getLogger(HookDesk.class.getName());

    private final PolicyInForce policies;
    private final HookJudge judge;
    private final HookRecorder recorder;
    private final String os;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Asks asks = new Asks();
    private final CommandHook commands;

    /**
     * @param os linux or windows
     * @param cordon absolute path of the launcher
     */
    HookDesk(
            PolicyInForce policies,
            HookJudge judge,
            HookRecorder recorder,
            String os,
            String cordon,
            InstantSource clock,
            RandomGenerator random) {
        this.policies = policies;
        this.judge = judge;
        this.recorder = recorder;
        this.os = os;
        this.clock = clock;
        this.random = random;
        this.commands = new CommandHook(asks, cordon);
    }

    LocalReply answer(LocalRequest request, Principal principal) {
        Optional<CodingAgent> agent = CodingAgent.ofWord(request.args().getOrDefault("agent", ""));
        if (agent.isEmpty()) {
            return LocalReply.line(LocalReply.FAILED, "hook: unknown coding agent");
        }
        HookForm form = HookForm.of(agent.get(), os);
        String name = request.args().getOrDefault("event", "");
        HookVisit visit = visit(request, principal);
        try {
            HookCall call = form.read(name, request.args().getOrDefault("input", ""));
            return answer(visit, form, identified(visit, call));
        } catch (HookFormException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "hook {0} of {1} cannot be read: {2}",
                    name,
                    agent.get(),
                    e.getMessage());
            return unread(visit, form, agent.get(), name, String.valueOf(e.getMessage()));
        }
    }

    /** Under the policy that is in force now; what was asked under another one is settled. */
    private HookVisit visit(LocalRequest request, Principal principal) {
        Instant now = clock.instant();
        PolicyInForce.Held held = policies.current();
        HookVisit visit = new HookVisit(request, principal, held, now);
        visit.settled(asks.under(held.digest(), now));
        return visit;
    }

    /** Where the vendor tells no id of the tool call: that of the command that comes back, or a new one. */
    private HookCall identified(HookVisit visit, HookCall call) {
        if (call.toolCall() != null || call.tool().name().isEmpty()) {
            return call;
        }
        if (call.event() != HookEvent.BEFORE_TOOL) {
            return commands.known(visit.account(), call)
                    .map(issued -> call.withToolCall(issued.toolCall()))
                    .orElse(call);
        }
        byte[] id = new byte[12];
        random.nextBytes(id);
        return call.withToolCall("cordon-" + HexFormat.of().formatHex(id));
    }

    private LocalReply answer(HookVisit visit, HookForm form, HookCall call) {
        visit.told(call);
        HookRuling ruling = HookRuling.NOTHING;
        if (call.event().decides()) {
            Verdict verdict = judge.judge(visit.policy(), visit.request(), visit.principal(), call);
            CommandHook.Ruled ruled = rule(visit, form, call, verdict);
            ruling = ruled.ruling();
            visit.settled(ruled.left());
            visit.decided(call, ruling, ruling.verdict() == null ? verdict : ruling.verdict());
        } else {
            visit.settled(commands.heard(visit.account(), call, visit.now()));
        }
        return visit.kept(recorder, call.event().decides())
                ? form.write(call.event(), ruling.answer())
                : form.write(call.event(), new HookAnswer.Deny("Cordon cannot record this call now, so it is denied."));
    }

    private CommandHook.Ruled rule(HookVisit visit, HookForm form, HookCall call, Verdict verdict) {
        if (call.tool() instanceof ToolUse.Command command) {
            return commands.rule(visit.account(), form, call, command, visit.policy(), verdict, visit.now());
        }
        return CommandHook.Ruled.of(ToolHook.rule(call, visit.policy(), verdict));
    }

    private LocalReply unread(HookVisit visit, HookForm form, CodingAgent agent, String name, String why) {
        HookEvent event = form.event(name);
        if (!event.decides()) {
            visit.kept(recorder, false);
            return form.write(event, new HookAnswer.Nothing());
        }
        Verdict verdict =
                new Verdict(Decision.DENY, HookRules.UNREADABLE, "Cordon cannot read what this hook was given: " + why);
        visit.unread(agent, name, verdict);
        visit.kept(recorder, true);
        return form.write(
                event,
                visit.enforced() ? new HookAnswer.Deny(verdict.refusal(visit.policy())) : new HookAnswer.Nothing());
    }

    @Override
    public boolean approved(LocalRequest request, Principal principal) {
        if (request.session() == null || request.toolCall() == null) {
            return false;
        }
        HookVisit visit = visit(request, principal);
        Optional<AskOutcome> taken = asks.take(
                visit.account(),
                request.session(),
                request.toolCall(),
                request.argv(),
                Duration.ofMinutes(visit.policy().agents().rememberAsksMinutes()),
                visit.now());
        visit.settled(taken.filter(outcome -> outcome.asked().asked()).stream().toList());
        return (visit.leavesNothing() || visit.kept(recorder, true)) && taken.isPresent();
    }
}
