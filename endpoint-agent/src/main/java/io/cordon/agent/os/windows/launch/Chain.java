package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.Sid;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from an order to a process that is ready to run: logon and profile, environment and program, token, desktop, streams,
 * job, process. A step that fails undoes those before it.
 */
final class Chain {
    /** A token whose account is among its restricting SIDs cannot start a process on every system. */
    private static final int ERROR_ACCESS_DENIED = 5;

    private static final int ERROR_NO_SUCH_LOGON_SESSION = 1312;

    private final Machine machine;
    private final SandboxEnvironment environment;
    private final ProgramSearch programs;
    private final LongSupplier random;

    /** @param random unpredictable numbers, for names that nobody can take first */
    Chain(Machine machine, MachineFacts facts, LongSupplier random) {
        this.machine = machine;
        this.environment = new SandboxEnvironment(facts);
        this.programs = new ProgramSearch(facts);
        this.random = random;
    }

    /** Starts the process suspended; on failure nothing of it is left. */
    Confined prepare(Order order, Wiring.Source streams, JobListener listener) throws LaunchException {
        Undo undo = new Undo();
        try {
            return prepare(order, streams, listener, undo);
        } catch (LaunchException | RuntimeException e) {
            undo.close();
            throw e;
        }
    }

    private Confined prepare(Order order, Wiring.Source streams, JobListener listener, Undo undo)
            throws LaunchException {
        Machine.Logon logon = undo.add(machine.logOn(order.account()));
        Map<String, String> env = environment.of(order.env(), order.account(), logon.profile());
        Program program = programs.find(order.argv(), env, order.cwd(), logon.files());
        String block = EnvironmentBlock.of(env);
        Machine.Desktop desktop = undo.add(machine.desktop(DesktopPlan.of(random.getAsLong(), logon.logonSid())));
        Wiring wiring = streams.wire(machine, undo);
        Machine.Job job = undo.add(machine.job(order.limits(), listener));
        Machine.PseudoConsole console = wiring.console();
        StartPlan plan = new StartPlan(
                program.application(),
                program.commandLine(),
                block,
                order.cwd(),
                desktop.name(),
                wiring.handles(),
                job.handle(),
                console == null ? 0 : console.handle());
        Machine.Suspended process = start(logon, order.capabilities(), plan, undo);
        wiring.release();
        return new Confined(process, job, console, undo);
    }

    private static Machine.Suspended start(
            Machine.Logon logon, @Nullable List<Sid> capabilities, StartPlan plan, Undo undo) throws LaunchException {
        if (capabilities == null) {
            return start(logon, TokenPlan.audit(logon.logonSid()), plan, undo);
        }
        TokenPlan token = TokenPlan.enforced(capabilities, logon.account(), logon.logonSid());
        try {
            return start(logon, token, plan, undo);
        } catch (LaunchException e) {
            if (e.error() != ERROR_ACCESS_DENIED && e.error() != ERROR_NO_SUCH_LOGON_SESSION) {
                throw e;
            }
            return start(logon, token.without(logon.account()), plan, undo);
        }
    }

    private static Machine.Suspended start(Machine.Logon logon, TokenPlan token, StartPlan plan, Undo undo)
            throws LaunchException {
        return undo.add(undo.add(logon.restrict(token)).start(plan));
    }
}
