package io.cordon.agent.adapters.discovery;

import io.cordon.policy.model.AgentVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the coding agents that are installed below one folder: a home, or the machine's root. */
final class InstallationScan {
    private static final int MOST_RELEASES = 50;
    private static final Pattern WINGET = Pattern.compile("^(?<id>[A-Za-z0-9]+(\\.[A-Za-z0-9]+)+)_.*");
    private static final Map<String, String> WINGET_AGENTS = Map.of(
            "openai.codex", "codex",
            "anthropic.claudecode", "claude-code",
            "google.geminicli", "gemini",
            "github.copilot", "copilot",
            "sst.opencode", "opencode",
            "block.goose", "goose",
            "charmbracelet.crush", "crush");

    private final FileTree tree;
    private final Places places;
    private final String owner;
    private final Fingerprints fingerprints;
    private final Findings findings;

    /** @param owner whose installations these are; empty for everybody's */
    InstallationScan(FileTree tree, Places places, String owner, Fingerprints fingerprints, Findings findings) {
        this.tree = tree;
        this.places = places;
        this.owner = owner;
        this.fingerprints = fingerprints;
        this.findings = findings;
    }

    void run() {
        each(places.packages(), this::packages);
        KnownAgents.ALL.forEach(agent -> agent.versionFolders().forEach(folder -> releases(agent, folder)));
        each(places.extensions(), this::extensions);
        each(places.pythons(), this::pythons);
        each(places.brews(), this::brews);
        each(places.wingets(), this::wingets);
        each(places.programs(), this::programs);
    }

    private interface Look {
        void at(String folder);
    }

    private void each(List<String> patterns, Look look) {
        patterns.forEach(pattern -> Expansion.folders(tree, pattern, findings).forEach(look::at));
    }

    private void packages(String modules) {
        for (KnownAgent agent : KnownAgents.ALL) {
            for (String name : agent.packages()) {
                Expansion.target(tree, modules + "/" + name, findings).ifPresent(folder -> npm(agent, name, folder));
            }
        }
    }

    private void npm(KnownAgent agent, String name, String folder) {
        try {
            Optional<byte[]> bytes = tree.read(folder + "/package.json", PackageFile.LONGEST);
            if (bytes.isEmpty()) {
                return;
            }
            PackageFile read = PackageFile.read(bytes.get());
            if (!read.name().equals(name)) {
                return;
            }
            String program = read.program().isEmpty() ? folder : folder + "/" + read.program();
            add(agent, read.version(), Inventory.Source.NPM, program);
        } catch (IOException e) {
            findings.problem(absolute(folder), e);
        }
    }

    /** A native installer keeps several releases; the newest is the one that starts. */
    private void releases(KnownAgent agent, String folder) {
        if (!Expansion.isFolder(tree, folder, findings)) {
            return;
        }
        Expansion.names(tree, folder, findings).stream()
                .filter(name -> AgentVersion.of(name).isPresent())
                .limit(MOST_RELEASES)
                .max(Comparator.comparing(name -> AgentVersion.of(name).orElseThrow()))
                .ifPresent(name ->
                        add(agent, AgentRecognition.version(name), Inventory.Source.NATIVE, folder + "/" + name));
    }

    private void extensions(String folder) {
        for (String name : Expansion.names(tree, folder, findings)) {
            AgentRecognition.extension(name)
                    .filter(found -> Expansion.isFolder(tree, folder + "/" + name, findings))
                    .ifPresent(found ->
                            add(found.agent(), found.version(), Inventory.Source.EXTENSION, folder + "/" + name));
        }
    }

    private void pythons(String folder) {
        for (KnownAgent agent : KnownAgents.ALL) {
            for (String name : agent.pythons()) {
                String environment = folder + "/" + name;
                if (Expansion.isFolder(tree, environment, findings)) {
                    add(agent, pythonVersion(environment, name), Inventory.Source.PYTHON, environment);
                }
            }
        }
    }

    private String pythonVersion(String environment, String name) {
        Pattern info = Pattern.compile(Pattern.quote(name.replace('-', '_')) + "-(\\d[0-9A-Za-z.]{0,40})\\.dist-info");
        return Expansion.folders(tree, environment + "/lib/*/site-packages", findings).stream()
                .flatMap(packages -> Expansion.names(tree, packages, findings).stream())
                .map(info::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .findFirst()
                .orElse("");
    }

    private void brews(String folder) {
        for (String name : Expansion.names(tree, folder, findings)) {
            KnownAgents.ofFormula(name)
                    .ifPresent(agent -> Expansion.names(tree, folder + "/" + name, findings).stream()
                            .filter(version -> AgentVersion.of(version).isPresent())
                            .forEach(version -> add(
                                    agent, version, Inventory.Source.HOMEBREW, folder + "/" + name + "/" + version)));
        }
    }

    /** The folder's name has the package's id; its version stands in a database that is not read. */
    private void wingets(String folder) {
        for (String name : Expansion.names(tree, folder, findings)) {
            Matcher matcher = WINGET.matcher(name);
            if (!matcher.matches()) {
                continue;
            }
            String word = WINGET_AGENTS.get(matcher.group("id").toLowerCase(Locale.ROOT));
            KnownAgents.ALL.stream()
                    .filter(agent -> agent.word().equals(word))
                    .forEach(agent -> add(agent, "", Inventory.Source.PACKAGE, folder + "/" + name));
        }
    }

    private void programs(String folder) {
        for (String name : Expansion.names(tree, folder, findings)) {
            KnownAgents.ofExecutable(AgentRecognition.program(name))
                    .ifPresent(agent -> Expansion.target(tree, folder + "/" + name, findings)
                            .ifPresent(path -> program(agent, path)));
        }
    }

    /** What leads into a package or a release was found there already, with its version. */
    private void program(KnownAgent byName, String path) {
        AgentRecognition found = AgentRecognition.ofPath(absolute(path)).orElse(null);
        if (found != null && !found.byNameOnly()) {
            return;
        }
        if (Expansion.look(tree, path, findings)
                .filter(entry -> entry.kind() == FileTree.Kind.FILE)
                .isPresent()) {
            add(byName, "", Inventory.Source.FILE, path);
        }
    }

    /** The packages of Debian and its kin; their list is the machine's own. */
    void dpkg(String status, int longest) {
        try {
            Optional<byte[]> bytes = tree.read(status, longest);
            if (bytes.isEmpty()) {
                return;
            }
            String name = "";
            boolean installed = false;
            for (String line : new String(bytes.get(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("Package: ")) {
                    name = line.substring("Package: ".length()).strip();
                    installed = false;
                } else if (line.startsWith("Status: ")) {
                    installed = line.endsWith(" installed");
                } else if (line.startsWith("Version: ") && installed) {
                    debian(name, line.substring("Version: ".length()).strip());
                }
            }
        } catch (IOException e) {
            findings.problem(absolute(status), e);
        }
    }

    private void debian(String name, String version) {
        KnownAgents.ofFormula(name).ifPresent(agent -> {
            String program = agent.executables().isEmpty()
                    ? agent.word()
                    : agent.executables().get(0);
            add(agent, AgentRecognition.version(version), Inventory.Source.PACKAGE, "usr/bin/" + program);
        });
    }

    private void add(KnownAgent agent, String version, Inventory.Source source, String path) {
        Optional<FileTree.Entry> entry = Expansion.look(tree, path, findings);
        findings.add(new Inventory.Installation(
                agent,
                version,
                source,
                absolute(path),
                owner,
                entry.map(found -> fingerprints.of(tree, path, found)).orElse(""),
                entry.filter(found -> found.kind() == FileTree.Kind.FILE)
                        .map(FileTree.Entry::size)
                        .orElse(0L),
                entry.map(FileTree.Entry::modified).orElse(null)));
    }

    private String absolute(String path) {
        String root = tree.root();
        return (root.endsWith("/") || root.endsWith("\\") ? root : root + "/") + path;
    }
}
