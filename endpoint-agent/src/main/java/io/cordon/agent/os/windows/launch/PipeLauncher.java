package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.LocalChannel;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.ProcessLauncher;
import io.cordon.agent.os.RunListener;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.SandboxSids;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Local channel and process launcher in one: callers come through a named pipe, and what is launched for them runs as a sandbox
 * account in a job of this process. When this process dies, Windows closes the jobs and with them every run.
 */
public final class PipeLauncher implements LocalChannel, ProcessLauncher {
    private static final String STAGE = "plan-check";

    private final Callers callers;
    private final Chain chain;
    private final CapabilitySource capabilities;
    private final ChannelLimits limits;
    private final Workers workers;
    private final InstantSource clock;
    private final Features features;

    /** @param version of the agent, for status */
    public PipeLauncher(
            PipeListener.Source pipe,
            Machine machine,
            MachineFacts facts,
            SandboxSids sandbox,
            CapabilitySource capabilities,
            java.util.function.LongSupplier random,
            InstantSource clock,
            String version) {
        this(pipe, new Chain(machine, facts, random), sandbox, capabilities, ChannelLimits.DEFAULT, clock, version);
    }

    PipeLauncher(
            PipeListener.Source pipe,
            Chain chain,
            SandboxSids sandbox,
            CapabilitySource capabilities,
            ChannelLimits limits,
            InstantSource clock,
            String version) {
        this.chain = chain;
        this.capabilities = capabilities;
        this.limits = limits;
        this.workers = Workers.start();
        this.clock = clock;
        this.features = new Features(version, true, "job object");
        this.callers = new Callers(pipe, new CallerCheck(sandbox), limits, workers);
    }

    @Override
    public void open(Handler handler) throws IOException {
        callers.open(handler);
    }

    @Override
    public void reply(long id, LocalReply reply) {
        Conversation caller = callers.find(id);
        if (caller != null) {
            caller.reply(reply);
        }
    }

    @Override
    public void launch(long id, ConfinementPlan plan, RunListener listener) {
        Conversation caller = callers.find(id);
        LocalRequest request = caller == null ? null : caller.request();
        CallerStreams streams = caller == null ? null : caller.streams();
        if (caller == null || request == null || streams == null) {
            fail(listener, "request", "its caller is gone");
            return;
        }
        String unsound = unsound(plan, request);
        if (unsound != null) {
            fail(listener, STAGE, unsound);
            return;
        }
        Run run = new Run(
                caller,
                jobs -> chain.prepare(order(plan), streams, jobs),
                listener,
                plan.limits().wallClockSeconds(),
                limits,
                workers,
                clock);
        String late = caller.begin(run);
        if (late != null) {
            fail(listener, "request", late);
            return;
        }
        callers.started(run);
        workers.talks().newThread(run).start();
    }

    private void fail(RunListener listener, String stage, String error) {
        workers.events().execute(() -> listener.failed(stage, error));
    }

    /** A plan is obeyed only for the request it was made for. */
    private static @Nullable String unsound(ConfinementPlan plan, LocalRequest request) {
        if (request.operation() != LocalRequest.Operation.RUN) {
            return "operation: " + request.operation() + " (expected: RUN)";
        }
        if (!plan.argv().equals(request.argv()) || !plan.cwd().equals(request.cwd())) {
            return "the plan is for another command or folder than was asked for";
        }
        if (!plan.principal().account().id().equals(request.caller().account().id())) {
            return "the plan is for another user than the caller";
        }
        return plan.files() instanceof FileView.Acls ? null : "the plan's file view is none of this system";
    }

    private Order order(ConfinementPlan plan) throws LaunchException {
        FileView.Acls view = plan.files().asAcls();
        CapabilitySource.Prepared prepared = capabilities.prepare(view, plan.principal());
        if (prepared instanceof CapabilitySource.Prepared.Refused refused) {
            throw new LaunchException("files", refused.reason());
        }
        List<Sid> ready = ((CapabilitySource.Prepared.Ready) prepared).capabilities();
        return new Order(
                SandboxAccount.of(plan.network().reach()),
                view.enforced() ? ready : null,
                plan.argv(),
                plan.env(),
                plan.cwd(),
                JobLimits.of(plan.limits()));
    }

    @Override
    public void kill(long id, String reason) {
        Conversation caller = callers.find(id);
        if (caller != null) {
            caller.kill(reason);
        }
    }

    @Override
    public void recorded(long id) {
        Conversation caller = callers.find(id);
        if (caller != null) {
            caller.recorded();
        }
    }

    @Override
    public Features features() {
        return features;
    }

    /** Takes no more callers and ends what runs; each run is still reported, and its caller told. */
    @Override
    public void close() {
        callers.close();
    }
}
