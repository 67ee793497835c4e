package io.cordon.agent.adapters.discovery;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.policy.model.Agents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses to start a coding agent that policy does not let run (SPEC 2.9). An agent is recognised by the file that would start, links
 * followed: the package it lies in, the folder of its installer, or its name. A copy under another name elsewhere is not
 * recognised; it runs within the same sandbox as everything else.
 */
public final class AgentGate {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LocalProcesses processes;
    private final ProgramLookup programs;
    private final PatientReader reader = new PatientReader("agent-gate");

    /** @param windows whether programs are looked for as Windows does */
    public AgentGate(LocalProcesses processes, boolean windows) {
        this.processes = processes;
        this.programs = new ProgramLookup(windows);
    }

    /**
     * @param rule {@code agents:} and the agent's name
     * @param reason one sentence
     */
    public record Refusal(String rule, String reason) {}

    /**
     * The refusal of a command; empty when policy has nothing against it.
     *
     * @param commands the command's words, and those of every command that it is known to start
     * @param env the caller's environment, for its PATH
     */
    public Optional<Refusal> command(Agents rules, List<List<String>> commands, String cwd, Map<String, String> env) {
        if (!AgentRules.restrict(rules)) {
            return Optional.empty();
        }
        return patiently(() -> {
            Set<List<String>> seen = new HashSet<>();
            for (List<String> argv : commands) {
                if (argv.isEmpty() || !seen.add(argv)) {
                    continue;
                }
                Optional<Refusal> refusal = recognised(argv, cwd, env).flatMap(found -> refusal(rules, found));
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            return Optional.empty();
        });
    }

    /**
     * The refusal of a coding agent that calls by one of its processes. The nearest process that is an agent decides, and the
     * nearest that is the agent it says it is; where none is, its version cannot be told.
     *
     * @param said which agent the caller says it is
     * @param pid the calling process
     */
    public Optional<Refusal> caller(Agents rules, CodingAgent said, long pid) {
        if (!AgentRules.restrict(rules)) {
            return Optional.empty();
        }
        return patiently(() -> {
            List<AgentRecognition> found = processes.lineage(pid).stream()
                    .flatMap(each -> processes.of(each).stream())
                    .flatMap(process -> ProcessRecognition.of(process).stream())
                    .filter(AgentGate::isTelling)
                    .toList();
            AgentRecognition own = found.stream()
                    .filter(each -> each.agent().coding().filter(said::equals).isPresent())
                    .findFirst()
                    .orElseGet(() -> new AgentRecognition(KnownAgents.of(said), "", "", true));
            return Stream.concat(found.stream().limit(1), Stream.of(own))
                    .flatMap(each -> refusal(rules, each).stream())
                    .findFirst();
        });
    }

    /** Whether a command starts one of these agents; also where that cannot be told. */
    public boolean starts(Set<CodingAgent> agents, List<List<String>> commands, String cwd, Map<String, String> env) {
        if (agents.isEmpty()) {
            return false;
        }
        try {
            return reader.within(
                    PATIENCE,
                    () -> Set.copyOf(commands).stream()
                            .filter(argv -> !argv.isEmpty())
                            .flatMap(argv -> recognised(argv, cwd, env).stream())
                            .flatMap(found -> found.agent().coding().stream())
                            .anyMatch(agents::contains));
        } catch (IOException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private interface Judgement {
        Optional<Refusal> make() throws IOException;
    }

    /** Files that do not answer are no way round: who cannot be recognised in time is refused. */
    private Optional<Refusal> patiently(Judgement judgement) {
        try {
            return reader.within(PATIENCE, judgement::make);
        } catch (IOException e) {
            return Optional.of(new Refusal(
                    "agents:unrecognised",
                    "whether this starts a coding agent that may be used cannot be told: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Refusal("agents:unrecognised", "the agent is stopping"));
        }
    }

    private Optional<AgentRecognition> recognised(List<String> argv, String cwd, Map<String, String> env) {
        List<String> arguments = argv.subList(1, argv.size());
        // what a line reaches after cd is not there from here: then its name alone has to tell
        String program = programs.find(argv.get(0), cwd, env).orElse(isPath(argv.get(0)) ? argv.get(0) : "");
        Optional<AgentRecognition> found = ProcessRecognition.isInterpreter(program)
                ? ProcessRecognition.script(arguments)
                        .flatMap(script -> programs.script(script, cwd)
                                .or(() -> Optional.of(script).filter(AgentGate::isPath)))
                        .flatMap(AgentRecognition::ofPath)
                        .or(() -> ProcessRecognition.module(program, arguments))
                : AgentRecognition.ofPath(program).map(each -> each.byNameOnly() ? shim(each, program) : each);
        return found.filter(AgentGate::isTelling).or(() -> ProcessRecognition.fetched(argv.get(0), arguments));
    }

    private static boolean isPath(String word) {
        return word.indexOf('/') >= 0 || word.indexOf('\\') >= 0;
    }

    /** On Windows npm puts a script for each program beside the folder of the packages. */
    private static AgentRecognition shim(AgentRecognition byName, String program) {
        Path modules = Path.of(program).resolveSibling("node_modules");
        return byName.agent().packages().stream()
                .map(modules::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .map(folder -> new AgentRecognition(byName.agent(), "", folder.toString(), false))
                .orElse(byName);
    }

    /** A file name that other programs have too says nothing alone. */
    private static boolean isTelling(AgentRecognition found) {
        return !found.byNameOnly() || !found.agent().ambiguous();
    }

    private static Optional<Refusal> refusal(Agents rules, AgentRecognition found) {
        String version = version(found);
        return AgentRules.refusal(rules, found.agent(), version)
                .map(refusal -> new Refusal(
                        "agents:" + found.agent().word(), AgentRules.sentence(rules, found.agent(), version, refusal)));
    }

    /** What cannot be read leaves the version unknown, which a lowest version refuses. */
    private static String version(AgentRecognition found) {
        if (found.packageFolder().isEmpty()) {
            return found.version();
        }
        try {
            return GuardedTree.of(Path.of(found.packageFolder()))
                    .read("package.json", PackageFile.LONGEST)
                    .map(AgentGate::version)
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static String version(byte[] packageFile) {
        try {
            PackageFile read = PackageFile.read(packageFile);
            return KnownAgents.ofPackage(read.name()).isPresent() ? read.version() : "";
        } catch (IOException e) {
            return "";
        }
    }
}
