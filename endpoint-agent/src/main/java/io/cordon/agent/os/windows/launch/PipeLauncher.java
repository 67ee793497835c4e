package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.LocalChannel;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.ProcessLauncher;
import io.cordon.agent.os.RunListener;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.access.Capabilities;
import io.cordon.agent.os.windows.accounts.SandboxSids;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Local channel and process launcher in one: callers come through a named pipe, and what is launched for them runs as a sandbox
 * account in a job of this process. When this process dies, Windows closes the jobs and with them every run.
 */
public final class PipeLauncher implements LocalChannel, ProcessLauncher {
    private static final String STAGE = "plan-check";

    private final Callers callers;
    private final Chain chain;
    private final Capabilities capabilities;
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
            Capabilities capabilities,
            LongSupplier random,
            InstantSource clock,
            String version) {
        this(pipe, new Chain(machine, facts, random), sandbox, capabilities, ChannelLimits.DEFAULT, clock, version);
    }

    PipeLauncher(
            PipeListener.Source pipe,
            Chain chain,
            SandboxSids sandbox,
            Capabilities capabilities,
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
        CallerProcess process = caller == null ? null : caller.process();
        if (caller == null || request == null || process == null) {
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
                jobs -> prepare(plan, process, new CallerStreams(process, caller.handles()), jobs),
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
        if (!(plan.files() instanceof FileView.Acls view)) {
            return "the plan's file view is none of this system";
        }
        // The network is fenced by the sandbox account, and audit mode uses none.
        return view.enforced() || plan.network().isOnline() ? null : "the plan fences the network but not the files";
    }

    private Confined prepare(ConfinementPlan plan, CallerProcess caller, CallerStreams streams, JobListener jobs)
            throws LaunchException {
        FileView.Acls view = plan.files().asAcls();
        Capabilities.Result prepared = capabilities.prepare(view, plan.principal());
        if (prepared instanceof Capabilities.Result.Refused refused) {
            throw new LaunchException("files", refused.rule() + ": " + refused.reason());
        }
        Undo undo = new Undo();
        Capabilities.Result.Ready ready = (Capabilities.Result.Ready) prepared;
        undo.add(() -> capabilities.release(ready));
        Identity identity = view.enforced()
                ? new Identity.Sandboxed(SandboxAccount.of(plan.network().reach()), ready.capabilities())
                : new Identity.AsCaller(caller);
        Order order =
                new Order(identity, plan.argv(), plan.env(), plan.cwd(), JobLimits.of(plan.limits(), view.enforced()));
        return chain.prepare(order, streams, jobs, undo);
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
