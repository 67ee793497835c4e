package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.SandboxAccount;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The way from an order to a process that is ready to run: logon and profile, environment and program, token, desktop, streams,
 * job, process. A step that fails undoes those before it.
 */
final class Chain {
    private static final String DESKTOP_OF_THE_USER = "winsta0\\default";

    /** A token whose account is among its restricting SIDs cannot start a process on every system. */
    private static final int ERROR_ACCESS_DENIED = 5;

    private static final int ERROR_NO_SUCH_LOGON_SESSION = 1312;

    private static final List<Long> NO_STREAMS = List.of(0L, 0L, 0L);

    private final Machine machine;
    private final SandboxEnvironment environment;
    private final ProgramSearch programs;
    private final LongSupplier random;
    private final String consoleHelper;

    /** @param random unpredictable numbers, for names that nobody can take first */
    Chain(Machine machine, MachineFacts facts, LongSupplier random) {
        this.machine = machine;
        this.environment = new SandboxEnvironment(facts);
        this.programs = new ProgramSearch(facts);
        this.random = random;
        this.consoleHelper = facts.console();
    }

    /**
     * Starts the process suspended.
     *
     * @param undo what has been taken for it already; closed when this fails, and with the process otherwise
     */
    Confined prepare(Order order, Wiring.Source streams, JobListener listener, Undo undo) throws LaunchException {
        try {
            if (order.identity() instanceof Identity.Sandboxed sandboxed) {
                return sandboxed(order, sandboxed, streams, listener, undo);
            }
            return asCaller(order, ((Identity.AsCaller) order.identity()).caller(), streams, listener, undo);
        } catch (LaunchException | RuntimeException e) {
            undo.close();
            throw e;
        }
    }

    private Confined sandboxed(
            Order order, Identity.Sandboxed as, Wiring.Source streams, JobListener listener, Undo undo)
            throws LaunchException {
        Machine.Logon logon = undo.add(machine.logOn(as.account(), as.capabilities()));
        Map<String, String> env = environment.of(order.env(), as.account(), logon.profile());
        Program program = programs.find(order.argv(), env, order.cwd(), logon.files());
        Machine.Desktop desktop = undo.add(machine.desktop(DesktopPlan.of(random.getAsLong(), logon.logonSid())));
        Setting setting = setting(order, program, env, desktop.name(), streams, listener, undo);
        TokenPlan token = TokenPlan.of(as.capabilities(), logon.account(), logon.logonSid());
        try {
            return setting.started(undo.add(logon.restrict(token)), undo);
        } catch (LaunchException e) {
            boolean known = e.error() == ERROR_ACCESS_DENIED || e.error() == ERROR_NO_SUCH_LOGON_SESSION;
            // A fenced account must be among the restricting SIDs: filters know a process by it, and could miss one
            // without it.
            if (!known || as.account() != SandboxAccount.ONLINE) {
                throw e;
            }
            return setting.started(undo.add(logon.restrict(token.without(logon.account()))), undo);
        }
    }

    private Confined asCaller(Order order, CallerProcess caller, Wiring.Source streams, JobListener listener, Undo undo)
            throws LaunchException {
        Machine.CallerLogon logon = undo.add(machine.asCaller(caller));
        Program program = programs.find(order.argv(), order.env(), order.cwd(), logon.files());
        return setting(order, program, order.env(), DESKTOP_OF_THE_USER, streams, listener, undo)
                .started(logon.token(), undo);
    }

    private Setting setting(
            Order order,
            Program program,
            Map<String, String> env,
            String desktop,
            Wiring.Source streams,
            JobListener listener,
            Undo undo)
            throws LaunchException {
        String block = EnvironmentBlock.of(env);
        Wiring wiring = streams.wire(machine, undo);
        Machine.PseudoConsole console = wiring.console();
        JobLimits limits = console == null ? order.limits() : order.limits().with(ConsoleProgram.PROCESSES);
        Machine.Job job = undo.add(machine.job(limits, listener));
        if (console == null) {
            return new Setting(
                    plan(program, block, order.cwd(), desktop, wiring.handles(), List.of(), job), wiring, job);
        }
        Program helper = ConsoleProgram.of(consoleHelper, console, wiring.handles(), program);
        List<Long> more = Stream.concat(console.handles().stream(), wiring.handles().stream())
                .toList();
        return new Setting(plan(helper, block, order.cwd(), desktop, NO_STREAMS, more, job), wiring, job);
    }

    private static StartPlan plan(
            Program program,
            String block,
            String cwd,
            String desktop,
            List<Long> streams,
            List<Long> more,
            Machine.Job job) {
        return new StartPlan(
                program.application(), program.commandLine(), block, cwd, desktop, streams, more, job.handle());
    }

    /** Everything but the process. */
    private record Setting(StartPlan plan, Wiring wiring, Machine.Job job) {
        Confined started(Machine.Token token, Undo undo) throws LaunchException {
            Machine.Suspended process = undo.add(token.start(plan));
            wiring.release();
            if (wiring.console() != null) {
                wiring.console().release();
            }
            return new Confined(process, job, wiring.console(), undo);
        }
    }
}
