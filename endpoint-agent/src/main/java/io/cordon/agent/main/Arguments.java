package io.cordon.agent.main;

import io.cordon.agent.provision.AgentLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code --name value} options; anything else is refused with what was expected. */
final class Arguments {
    private final Map<String, List<String>> values = new HashMap<>();

    private final Machine machine;

    private Arguments(Machine machine) {
        this.machine = machine;
    }

    /** @param known option names without dashes */
    static Arguments parse(Machine machine, List<String> words, Set<String> known) throws CommandException {
        Arguments arguments = new Arguments(machine);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!name.startsWith("--") || !known.contains(name.substring(2))) {
                throw usage(name + ": not an option here (expected: "
                        + String.join(
                                ", ",
                                known.stream().sorted().map(each -> "--" + each).toList()) + ")");
            }
            if (equals < 0 && ++i == words.size()) {
                throw usage(name + ": no value (expected: one after it)");
            }
            String value = equals < 0 ? words.get(i) : word.substring(equals + 1);
            arguments
                    .values
                    .computeIfAbsent(name.substring(2), ignored -> new ArrayList<>())
                    .add(value);
        }
        return arguments;
    }

    Optional<String> one(String name) throws CommandException {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw usage("--" + name + ": given " + given.size() + " times (expected: once)");
        }
        return given.stream().findFirst();
    }

    String required(String name) throws CommandException {
        return one(name).orElseThrow(() -> usage("--" + name + ": missing (expected: a value)"));
    }

    /** @param otherwise when the option was not given */
    int port(String name, int otherwise) throws CommandException {
        Optional<String> given = one(name);
        try {
            return given.isPresent() ? Integer.parseInt(given.get()) : otherwise;
        } catch (NumberFormatException e) {
            throw usage("--" + name + ": " + given.orElse("") + " (expected: a port, 0 to 65535)");
        }
    }

    List<Path> paths(String name) throws CommandException {
        List<Path> paths = new ArrayList<>();
        for (String each : values.getOrDefault(name, List.of())) {
            paths.add(path(name, each));
        }
        return paths;
    }

    Path data() throws CommandException {
        Optional<String> given = one("data");
        return given.isPresent() ? path("data", given.get()) : machine.defaultData();
    }

    Path runtime() throws CommandException {
        Optional<String> given = one("runtime");
        return given.isPresent() ? path("runtime", given.get()) : machine.defaultRuntime(data());
    }

    AgentLayout layout() throws CommandException {
        return new AgentLayout(data(), runtime());
    }

    Optional<Path> file(String name) throws CommandException {
        Optional<String> given = one(name);
        return given.isPresent() ? Optional.of(path(name, given.get())) : Optional.empty();
    }

    /** A folder that may be a root. */
    Optional<Path> root(String name) throws CommandException {
        Optional<String> given = one(name);
        try {
            Optional<Path> path =
                    given.map(each -> Path.of(each).toAbsolutePath().normalize());
            return path.filter(each -> each.getNameCount() == 0).isPresent() ? path : file(name);
        } catch (java.nio.file.InvalidPathException e) {
            throw usage("--" + name + ": not a path: " + e.getReason());
        }
    }

    private static Path path(String name, String value) throws CommandException {
        try {
            Path path = Path.of(value).toAbsolutePath().normalize();
            if (value.isBlank() || path.getNameCount() == 0) {
                throw usage("--" + name + ": " + value + " (expected: a folder of its own)");
            }
            return path;
        } catch (java.nio.file.InvalidPathException e) {
            throw usage("--" + name + ": not a path: " + e.getReason());
        }
    }

    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }
}
