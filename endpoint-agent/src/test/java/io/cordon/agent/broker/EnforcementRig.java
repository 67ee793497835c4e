package io.cordon.agent.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.egress.EgressProxy;
import io.cordon.agent.egress.EgressRuns;
import io.cordon.agent.egress.EgressSettings;
import io.cordon.agent.egress.NameResolver;
import io.cordon.agent.egress.SpooledEgressLog;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.LivePlaceholders;
import io.cordon.agent.os.ProcessLauncher;
import io.cordon.agent.os.linux.LinuxFileAccess;
import io.cordon.agent.os.linux.LinuxNetworkFence;
import io.cordon.agent.os.linux.PasswdUsers;
import io.cordon.agent.os.linux.RealFileProbe;
import io.cordon.agent.os.linux.SpawnerLink;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.provision.Provisioner;
import io.cordon.agent.telemetry.FileSpool;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.RunRecorder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A broker over the real spawner and bubblewrap in folders of its own, and a user of its own who runs the real launcher against
 * it. Needs root, as the agent does.
 */
final class EnforcementRig implements AutoCloseable {
    private static final int PATIENCE = 60;
    /** The programs that are waited for need the processor more. */
    private static final int POLL_NANOS = 1_000_000;

    final String user;
    final Path home;
    final Path project;
    final AgentLayout layout;
    final PolicyInForce policies = new PolicyInForce();
    final HookLog hooks = new HookLog();
    final FileSpool spool;
    final Provisioner provisioner;
    final Broker broker;
    final WatchedRuns runs;
    final CompletableFuture<String> channelEnded = new CompletableFuture<>();
    private final Path place;
    final Path launcher;
    private final Ledger ledger;
    private final RunRecorder recorder;
    private final SpooledEgressLog egressLog;
    private final EgressProxy proxy;
    /** What names lead to, besides the machine's own resolver. */
    final Map<String, InetAddress> names = new ConcurrentHashMap<>();

    /** What a finished launcher left. */
    record Result(int exit, String out, String err) {}

    EnforcementRig() throws IOException {
        place = Files.createTempDirectory(
                Path.of("/var/tmp"),
                "cordon-it-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        user = "cit" + place.getFileName().toString().replaceAll("\\D", "").substring(0, 8);
        must("useradd", "--create-home", "--shell", "/bin/sh", user);
        home = Path.of("/home", user);
        project = home.resolve("project");
        as(
                "mkdir -p project/.git/hooks project/src .ssh && echo ref > project/.git/HEAD && echo '[core]' > project/.git/config"
                        + " && echo secret > .ssh/id");
        launcher = binary("cordon");
        layout = new AgentLayout(place.resolve("data"), place.resolve("run"));
        Provisioner.prepareData(layout);
        ledger = Ledger.open(layout.ledger());
        provisioner = new Provisioner(layout, ledger);
        provisioner.prepareRuntime();
        spool = FileSpool.open(layout.spool(), 64 << 20);
        HostFacts host = new HostFacts("endpoint-it", "box", "linux", "0.1.0");
        recorder = RunRecorder.open(layout.spool(), spool, () -> host, new byte[32], InstantSource.system());
        egressLog = new SpooledEgressLog(spool, () -> host);
        proxy = EgressProxy.start(
                EgressSettings.DEFAULT,
                new EgressRuns(egressLog, InstantSource.system()),
                this::resolve,
                InstantSource.system());
        LivePlaceholders placeholders = new LivePlaceholders(InstantSource.system());
        SpawnerLink link =
                new SpawnerLink(binary("cordon-spawner"), layout.socket(), Path.of("/usr/bin/bwrap"), layout.hidden());
        runs = new WatchedRuns(link);
        broker = new Broker(
                ports(link, runs, layout, placeholders, proxy),
                policies,
                recorder,
                ledger,
                placeholders,
                proxy,
                () -> new AgentStatus("endpoint-it", "https://server", "enrolled", null, null, List.of(), null),
                "linux",
                launcher.toString(),
                hooks,
                BrokerLimits.DEFAULT,
                InstantSource.system());
        policies.replace(Policies.resolve(Policies.USUAL));
        broker.start(channelEnded::complete);
    }

    /** This machine's own, whatever starts the runs. */
    static BrokerPorts ports(
            SpawnerLink link,
            ProcessLauncher launcher,
            AgentLayout layout,
            LivePlaceholders placeholders,
            EgressProxy proxy) {
        return new BrokerPorts(
                link,
                launcher,
                new LinuxFileAccess(new RealFileProbe(), layout.hidden(), placeholders),
                new LinuxNetworkFence(proxy.port()),
                new PasswdUsers());
    }

    private List<InetAddress> resolve(String name) throws UnknownHostException {
        InetAddress known = names.get(name);
        return known == null ? NameResolver.SYSTEM.resolve(name) : List.of(known);
    }

    /** The built program, copied to where any user may reach it. */
    private Path binary(String name) throws IOException {
        Path built = Path.of(System.getProperty("cordon.launcher", "target/launcher"), name)
                .toAbsolutePath();
        Path copy = place.resolve(name);
        Files.copy(built, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        return copy;
    }

    /** The real spawner, a child of this process. */
    ProcessHandle spawner() {
        return runningSpawner().orElseThrow(() -> new AssertionError("the spawner does not run"));
    }

    private Optional<ProcessHandle> runningSpawner() {
        String program = place.resolve("cordon-spawner").toString();
        return ProcessHandle.current()
                .children()
                .filter(child -> program.equals(child.info().command().orElse("")))
                .findFirst();
    }

    /** Runs a shell line as the user, outside any boundary, in the home directory; must succeed. */
    String as(String line) throws IOException {
        Result result = finish(asUser(home, Map.of(), "sh", "-c", line), "");
        if (result.exit() != 0) {
            throw new AssertionError(line + ": " + result);
        }
        return result.out();
    }

    private static void must(String... command) throws IOException {
        Result result = finish(new ProcessBuilder(command), "");
        if (result.exit() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + result);
        }
    }

    private ProcessBuilder asUser(Path directory, Map<String, String> env, String... command) {
        List<String> line = new ArrayList<>(List.of(
                "setpriv",
                "--reuid",
                user,
                "--regid",
                user,
                "--init-groups",
                "--reset-env",
                "env",
                "-C",
                directory.toString()));
        line.add("HOME=" + home);
        env.forEach((name, value) -> line.add(name + "=" + value));
        line.addAll(List.of(command));
        return new ProcessBuilder(line);
    }

    /** The launcher, run by the user in the project. */
    ProcessBuilder cordon(Map<String, String> env, String... arguments) {
        return cordonIn(project, env, arguments);
    }

    ProcessBuilder cordonIn(Path directory, Map<String, String> env, String... arguments) {
        Map<String, String> all = new java.util.HashMap<>(env);
        all.putIfAbsent("CORDON_SOCKET", layout.socket().toString());
        return asUser(
                directory,
                all,
                Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    /** {@code cordon run -- sh -c LINE} in the project. */
    Result run(String line) throws IOException {
        return finish(cordon(Map.of(), "run", "--", "sh", "-c", line), "");
    }

    static Result finish(ProcessBuilder builder, String input) throws IOException {
        return finish(builder, input, PATIENCE);
    }

    /** @param patience in seconds */
    static Result finish(ProcessBuilder builder, String input, int patience) throws IOException {
        Process process = builder.start();
        CompletableFuture<String> out = text(process.getInputStream());
        CompletableFuture<String> err = text(process.getErrorStream());
        try {
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
        } catch (IOException e) {
            // It did not want any input.
        }
        try {
            if (!process.waitFor(patience, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end in " + patience + " s: " + builder.command());
            }
            return new Result(process.exitValue(), out.get(), err.get());
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "still waiting: " + what);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static CompletableFuture<String> text(InputStream in) {
        return CompletableFuture.supplyAsync(() -> {
            try (in) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "";
            }
        });
    }

    /** The newest record, once every run that has ended is in one: a caller does not wait for that for ever. */
    Map<String, Object> lastRecord() throws IOException {
        await("the records of all runs", runs::areOver);
        List<Map<String, Object>> roots = Records.roots(spool);
        return roots.get(roots.size() - 1);
    }

    private static boolean isAnyProcessOf(String uid) {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.map(process -> process.resolve("status")).anyMatch(status -> {
                try {
                    return Files.readString(status, StandardCharsets.ISO_8859_1).contains("\n" + uid);
                } catch (IOException e) {
                    return false; // no process, or over
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Optional<ProcessHandle> spawner = runningSpawner();
        broker.close();
        spawner.ifPresent(each -> each.onExit().join());
        proxy.close();
        egressLog.close();
        recorder.close();
        spool.close();
        ledger.close();
        // What is killed does not end at once, and an account in use is not removed.
        String uid = "Uid:\t" + Files.getAttribute(home, "unix:uid") + "\t";
        await("the user's processes to end", () -> !isAnyProcessOf(uid));
        must("userdel", "--remove", user);
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
