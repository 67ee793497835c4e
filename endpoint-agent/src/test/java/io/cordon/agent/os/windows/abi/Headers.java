package io.cordon.agent.os.windows.abi;

import io.cordon.agent.os.windows.abi.Element.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles assertions against the headers of mingw-w64. Every element stands in the program as a file of its own, so that whatever
 * the compiler says of it, an undeclared name as well as a failed assertion, comes back under its name.
 */
final class Headers {
    private static final String FILE = "abi:";
    private static final Pattern ERROR = Pattern.compile("^(.*?):\\d+:(?:\\d+:)? (?:fatal )?error: (.*)$");
    private static final Pattern REDUCED = Pattern.compile("^.* note: the comparison reduces to .(\\(.*\\)).$");

    private final Path folder;

    Headers(Path folder) {
        this.folder = folder;
    }

    private record Unit(List<String> headers, Language language) {}

    /** What is wrong, as {@code element: message}; empty if every assertion was compiled and holds. */
    List<String> disagreements(String program, List<Element> elements, List<Path> extra) {
        Map<Unit, List<String>> units = new LinkedHashMap<>();
        for (Element element : elements) {
            units.computeIfAbsent(new Unit(element.headers(), element.language()), unit -> new ArrayList<>())
                    .add("#line 1 \"" + FILE + element.name() + "\"\n" + element.assertion());
        }
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (Map.Entry<Unit, List<String>> unit : units.entrySet()) {
            String name = program + "-" + number++ + "." + unit.getKey().language().extension;
            problems.addAll(errors(unit.getKey(), name, unit.getValue(), extra));
        }
        return problems;
    }

    /** The elements whose symbol the headers declare; each is asked by itself, so one unknown name hides no other. */
    Set<String> declared(String program, List<Element> elements) {
        Map<Unit, List<Element>> units = new LinkedHashMap<>();
        for (Element each : elements) {
            units.computeIfAbsent(new Unit(each.headers(), each.language()), unit -> new ArrayList<>())
                    .add(each);
        }
        Set<String> declared = new TreeSet<>();
        int number = 0;
        for (Map.Entry<Unit, List<Element>> unit : units.entrySet()) {
            List<String> probes = new ArrayList<>();
            for (Element each : unit.getValue()) {
                probes.add("#line 1 \"" + FILE + each.symbol() + "\"\n" + each.probe(probes.size()));
                declared.add(each.symbol());
            }
            String name = program + "-" + number++ + "." + unit.getKey().language().extension;
            for (String error : errors(unit.getKey(), name, probes, List.of())) {
                declared.remove(error.substring(0, error.indexOf(':')));
            }
        }
        return declared;
    }

    private List<String> errors(Unit unit, String name, List<String> declarations, List<Path> extra) {
        StringBuilder text = new StringBuilder("#include \"abi.h\"\n");
        unit.headers()
                .forEach(header -> text.append("#include <").append(header).append(">\n"));
        extra.forEach(
                file -> text.append("#include \"").append(file.toAbsolutePath()).append("\"\n"));
        declarations.forEach(each -> text.append(each).append('\n'));
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), text);
            List<String> command = new ArrayList<>(Precompiled.command(unit.language()));
            command.addAll(List.of("-fsyntax-only", "-fmax-errors=0", "-fdiagnostics-color=never", name));
            return Program.run(folder, command).problems(Headers::read);
        } catch (IOException e) {
            throw new IllegalStateException(e + " (expected: the Debian package g++-mingw-w64-x86-64)", e);
        }
    }

    private static List<String> read(List<String> output) {
        List<String> problems = new ArrayList<>();
        for (String line : output) {
            Matcher error = ERROR.matcher(line);
            Matcher reduced = REDUCED.matcher(line);
            if (error.matches()) {
                String file = error.group(1);
                String where = file.startsWith(FILE) ? file.substring(FILE.length()) : file;
                problems.add(where + ": " + error.group(2));
            } else if (reduced.matches() && !problems.isEmpty()) {
                int last = problems.size() - 1;
                problems.set(last, problems.get(last) + ", compared " + reduced.group(1));
            }
        }
        return withoutSequels(problems);
    }

    /** A name that is not declared makes the compiler stumble over the rest of its element too. */
    private static List<String> withoutSequels(List<String> problems) {
        return problems.stream()
                .filter(each ->
                        !each.contains("template argument 1 is invalid") && !each.contains("<expression error>"))
                .distinct()
                .toList();
    }
}
