package io.cordon.agent.broker;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.discovery.AgentGate;
import io.cordon.agent.adapters.hook.HookAnswer;
import io.cordon.agent.adapters.hook.HookCall;
import io.cordon.agent.adapters.hook.HookEvent;
import io.cordon.agent.adapters.hook.HookForm;
import io.cordon.agent.adapters.hook.HookFormException;
import io.cordon.agent.adapters.hook.ToolUse;
import io.cordon.agent.os.FileAccess;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.Principal;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Mode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Answers hooks: reads the call, decides, records, and only then tells the agent. What a hook says is the word of a process of the
 * developer's account. That the developer was asked and said yes is such a word, too: it lifts {@code prompt}, and never {@code deny}.
 */
final class HookDesk implements Approver {
    private static final System.Logger LOG = System.getLogger(HookDesk.class.getName());
    /** Stands for the workspace where there is none; no path is in it. */
    private static final String NO_WORKSPACE = "/proc/cordon-no-workspace";

    private final FileAccess files;
    private final PolicyInForce policies;
    private final HookRecorder recorder;
    private final AgentGate agents;
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
            FileAccess files,
            PolicyInForce policies,
            HookRecorder recorder,
            AgentGate agents,
            String os,
            String cordon,
            InstantSource clock,
            RandomGenerator random) {
        this.files = files;
        this.policies = policies;
        this.recorder = recorder;
        this.agents = agents;
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
        Instant now = clock.instant();
        PolicyInForce.Held held = policies.current();
        List<AgentEvent> told = new ArrayList<>();
        settled(told, asks.under(held.digest(), now), principal, now);
        try {
            HookCall call = form.read(name, request.args().getOrDefault("input", ""));
            return answer(request, principal, form, identified(principal, call), held, told, now);
        } catch (HookFormException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "hook {0} of {1} cannot be read: {2}",
                    name,
                    agent.get(),
                    e.getMessage());
            return unread(request, principal, form, agent.get(), name, held, told, String.valueOf(e.getMessage()), now);
        }
    }

    /** Where the vendor tells no id of the tool call: that of the command that comes back, or a new one. */
    private HookCall identified(Principal principal, HookCall call) {
        if (call.toolCall() != null || call.tool().name().isEmpty()) {
            return call;
        }
        if (call.event() != HookEvent.BEFORE_TOOL) {
            return commands.known(account(principal), call)
                    .map(issued -> call.withToolCall(issued.toolCall()))
                    .orElse(call);
        }
        byte[] id = new byte[12];
        random.nextBytes(id);
        return call.withToolCall("cordon-" + HexFormat.of().formatHex(id));
    }

    private static String account(Principal principal) {
        return principal.account().id();
    }

    private LocalReply answer(
            LocalRequest request,
            Principal principal,
            HookForm form,
            HookCall call,
            PolicyInForce.Held held,
            List<AgentEvent> told,
            Instant now) {
        List<AgentEvent> decided = new ArrayList<>();
        told.add(HookRecords.told(call, now));
        HookRuling ruling = HookRuling.NOTHING;
        if (call.event().decides()) {
            Verdict verdict = judge(request, principal, call, held.policy());
            CommandHook.Ruled ruled = rule(account(principal), form, call, held, verdict, now);
            ruling = ruled.ruling();
            settled(told, ruled.left(), principal, now);
            Verdict decisive = ruling.verdict() == null ? verdict : ruling.verdict();
            decided.add(HookRecords.decided(call, ruling, decisive, held, principal.name(), now));
        } else {
            settled(told, heard(account(principal), call, now), principal, now);
        }
        return kept(request, call.event(), held, told, decided)
                ? form.write(call.event(), ruling.answer())
                : form.write(call.event(), new HookAnswer.Deny("Cordon cannot record this call now, so it is denied."));
    }

    /** What the policy says of the call, unless the agent that makes it may not run. */
    private Verdict judge(LocalRequest request, Principal principal, HookCall call, ResolvedPolicy policy) {
        Verdict verdict = new HookRules(policy, call, paths(request, principal, call)).decide();
        if (verdict.decision() == Decision.DENY) {
            return verdict;
        }
        return agents.caller(policy.agents(), call.agent(), request.caller().pid())
                .map(refusal -> new Verdict(Decision.DENY, refusal.rule(), refusal.reason()))
                .orElse(verdict);
    }

    private PathContext paths(LocalRequest request, Principal principal, HookCall call) {
        String workspace = files.workspace(principal, request.cwd());
        return new PathContext(
                os,
                principal.home(),
                workspace == null ? NO_WORKSPACE : workspace,
                files.temporaryDirectory(principal),
                call.cwd().isEmpty() ? request.cwd() : call.cwd());
    }

    private CommandHook.Ruled rule(
            String account, HookForm form, HookCall call, PolicyInForce.Held held, Verdict verdict, Instant now) {
        if (call.tool() instanceof ToolUse.Command command) {
            return commands.rule(account, form, call, command, held.policy(), verdict, now);
        }
        return CommandHook.Ruled.of(ToolHook.rule(call, held.policy(), verdict));
    }

    /** What an event tells about questions that wait. */
    private List<AskOutcome> heard(String account, HookCall call, Instant now) {
        return switch (call.event()) {
            case AFTER_TOOL -> asks.settle(account, each -> commands.isAbout(call, each), AskOutcome.Kind.ALLOWED, now);
            case TOOL_FAILED, REFUSED ->
                asks.settle(account, each -> commands.isAbout(call, each), AskOutcome.Kind.DENIED, now);
            case PROMPT, TURN_END ->
                asks.settle(account, each -> each.asked() && sameSession(call, each), AskOutcome.Kind.DENIED, now);
            case SESSION_END -> asks.settle(account, each -> sameSession(call, each), AskOutcome.Kind.UNANSWERED, now);
            case SESSION_START, BEFORE_TOOL, APPROVAL, ERROR, OTHER -> List.of();
        };
    }

    private static boolean sameSession(HookCall call, IssuedCommand issued) {
        return issued.agent() == call.agent() && issued.session().equals(call.session());
    }

    private static void settled(List<AgentEvent> told, List<AskOutcome> outcomes, Principal principal, Instant now) {
        outcomes.forEach(outcome -> told.add(HookRecords.outcome(outcome, principal.name(), now)));
    }

    private LocalReply unread(
            LocalRequest request,
            Principal principal,
            HookForm form,
            CodingAgent agent,
            String name,
            PolicyInForce.Held held,
            List<AgentEvent> told,
            String why,
            Instant now) {
        HookEvent event = form.event(name);
        if (!event.decides()) {
            kept(request, event, held, told, List.of());
            return form.write(event, new HookAnswer.Nothing());
        }
        Verdict verdict =
                new Verdict(Decision.DENY, HookRules.UNREADABLE, "Cordon cannot read what this hook was given: " + why);
        kept(
                request,
                event,
                held,
                told,
                List.of(HookRecords.unread(agent.word(), name, verdict, held, principal.name(), now)));
        return form.write(
                event,
                held.policy().mode() == Mode.ENFORCE
                        ? new HookAnswer.Deny(verdict.refusal(held.policy()))
                        : new HookAnswer.Nothing());
    }

    /** False when a decision that holds could not be recorded. */
    private boolean kept(
            LocalRequest request,
            HookEvent event,
            PolicyInForce.Held held,
            List<AgentEvent> told,
            List<AgentEvent> decided) {
        try {
            recorder.keep(told, decided, HookRecords.sender(request));
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "what a hook told cannot be kept: {0}", e.getMessage());
            return !event.decides() || held.policy().mode() != Mode.ENFORCE;
        }
    }

    @Override
    public boolean approved(LocalRequest request, Principal principal) {
        if (request.session() == null || request.toolCall() == null) {
            return false;
        }
        Instant now = clock.instant();
        PolicyInForce.Held held = policies.current();
        List<AgentEvent> told = new ArrayList<>();
        settled(told, asks.under(held.digest(), now), principal, now);
        Optional<AskOutcome> taken = asks.take(
                account(principal),
                request.session(),
                request.toolCall(),
                request.argv(),
                Duration.ofMinutes(held.policy().agents().rememberAsksMinutes()),
                now);
        settled(told, taken.filter(outcome -> outcome.asked().asked()).stream().toList(), principal, now);
        return (told.isEmpty() || kept(request, HookEvent.BEFORE_TOOL, held, told, List.of())) && taken.isPresent();
    }
}
