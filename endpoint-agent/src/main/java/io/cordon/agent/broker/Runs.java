package io.cordon.agent.broker;

import io.cordon.agent.adapters.RedirectingVariables;
import io.cordon.agent.egress.EgressDoor;
import io.cordon.agent.egress.ProxyEnvironment;
import io.cordon.agent.egress.ProxyPass;
import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.FileBoundary;
import io.cordon.agent.os.FilePlan;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.SandboxUsers;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunFacts;
import io.cordon.agent.telemetry.RunRecorder;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Mode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;

/** The way of one command from its request to a plan that is launched. Whatever goes wrong on it ends in a reply, never in a process. */
final class Runs {
    private static final System.Logger LOG = System.getLogger(Runs.class.getName());
    private static final String HOSTNAME = "cordon";

    private final BrokerPorts ports;
    private final PolicyInForce policies;
    private final RunJudge judge;
    private final RunRecorder recorder;
    private final LaunchedRuns launched;
    private final Counters counters;
    private final EnvironmentStyle environment;
    private final EgressDoor egress;
    private final InstantSource clock;
    private final RunFactsWriter writer;

    Runs(
            BrokerPorts ports,
            PolicyInForce policies,
            RunJudge judge,
            RunRecorder recorder,
            LaunchedRuns launched,
            Counters counters,
            EnvironmentStyle environment,
            EgressDoor egress,
            InstantSource clock) {
        this.ports = ports;
        this.policies = policies;
        this.judge = judge;
        this.recorder = recorder;
        this.launched = launched;
        this.counters = counters;
        this.environment = environment;
        this.egress = egress;
        this.clock = clock;
        this.writer = new RunFactsWriter(recorder.hashKey(), new SecureRandom());
    }

    /** Decides, and on yes starts the command; replies in every other case. */
    void begin(LocalRequest request) {
        Instant receivedAt = clock.instant();
        SandboxUsers.Lookup lookup = ports.users().principalFor(request.caller());
        if (lookup instanceof SandboxUsers.Lookup.Unknown unknown) {
            fail(request, unknown.reason());
        } else if (lookup instanceof SandboxUsers.Lookup.Known known) {
            begin(request, known.principal(), receivedAt);
        }
    }

    private void begin(LocalRequest request, Principal principal, Instant receivedAt) {
        PolicyInForce.Held held = policies.current();
        ResolvedPolicy policy = held.policy();
        Verdict verdict = judge.judge(policy, request, principal);
        boolean holds = policy.mode() == Mode.ENFORCE;
        if (verdict.decision() != Decision.ALLOW && holds) {
            deny(request, principal, held, verdict, receivedAt);
            return;
        }
        NetworkPlan net = ports.network().plan(held.compiled().network());
        if (net instanceof NetworkPlan.Refused refused) {
            deny(request, principal, held, new Verdict(Decision.DENY, refused.rule(), refused.reason()), receivedAt);
        } else if (net instanceof NetworkPlan.Granted network) {
            confine(request, principal, held, verdict, network, receivedAt);
        }
    }

    private void confine(
            LocalRequest request,
            Principal principal,
            PolicyInForce.Held held,
            Verdict verdict,
            NetworkPlan.Granted network,
            Instant receivedAt) {
        FileBoundary boundary =
                held.compiled().files().withRootsSettings(judge.needsRootsSettings(held.policy(), request));
        FilePlan files = ports.files().plan(boundary, principal, request.cwd(), network.isOnline());
        if (files instanceof FilePlan.Refused refused) {
            deny(request, principal, held, new Verdict(Decision.DENY, refused.rule(), refused.reason()), receivedAt);
        } else if (files instanceof FilePlan.Granted granted) {
            RunFacts facts = writer.write(
                            request, principal, held, verdict, recorder.host(), receivedAt, clock.instant())
                    .withNotices(Stream.concat(network.notices().stream(), granted.notices().stream())
                            .toList());
            try {
                ConfinementPlan plan = plan(request, principal, held, granted, network, facts);
                String refusal = launched.launch(
                        request.id(), facts, plan, held.compiled().redactor(recorder.hashKey()));
                if (refusal != null) {
                    fail(request, refusal);
                }
            } catch (RuntimeException e) {
                egress.end(facts.runId());
                throw e;
            }
        }
    }

    private ConfinementPlan plan(
            LocalRequest request,
            Principal principal,
            PolicyInForce.Held held,
            FilePlan.Granted files,
            NetworkPlan.Granted network,
            RunFacts facts) {
        ResolvedPolicy policy = held.policy();
        Map<String, String> env = ChildEnvironment.of(
                environment,
                policy,
                request.env(),
                principal,
                ports.files().temporaryDirectory(principal),
                facts.runId(),
                facts.ids().childHeader());
        RedirectingVariables.lead(env, files.view());
        NetworkPlan.Granted reached = network;
        if (network.reach() == NetworkPlan.Reach.PROXY) {
            Redactor redactor = held.compiled().redactor(recorder.hashKey());
            ProxyPass pass = egress.admit(facts.runId(), facts.ids(), policy, redactor);
            ProxyEnvironment.add(env, pass);
            reached = network.announced(new NetworkPlan.Hello(pass.port(), pass.hello()));
        }
        return new ConfinementPlan(
                principal,
                request.cwd(),
                request.argv(),
                env,
                files.view(),
                reached,
                policy.mode() == Mode.AUDIT || policy.process().debugging(),
                held.compiled().limits(),
                HOSTNAME);
    }

    private void deny(
            LocalRequest request, Principal principal, PolicyInForce.Held held, Verdict verdict, Instant receivedAt) {
        counters.denied.increment();
        RunFacts facts = writer.write(request, principal, held, verdict, recorder.host(), receivedAt, clock.instant());
        try {
            recorder.denied(facts);
        } catch (IOException e) {
            // Refused all the same; that it is not recorded shows in the log and in the spool's health.
            LOG.log(System.Logger.Level.ERROR, "a denial could not be recorded: {0}", e.getMessage());
        }
        ports.channel().reply(request.id(), LocalReply.line(LocalReply.DENIED, verdict.refusal(held.policy())));
    }

    private void fail(LocalRequest request, String why) {
        counters.failed.increment();
        ports.channel().reply(request.id(), LocalReply.line(LocalReply.FAILED, why));
    }
}
