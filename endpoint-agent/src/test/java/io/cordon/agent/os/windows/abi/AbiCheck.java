package io.cordon.agent.os.windows.abi;

import io.cordon.agent.os.windows.abi.Element.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what we map of Windows with the headers and import libraries of mingw-w64, which were written by others. */
final class AbiCheck {
    private AbiCheck() {}

    /**
     * What was compared and what differs.
     *
     * @param elements compared, each with at least one assertion
     * @param exempt compared with what {@link Lacking} declares, as {@code name: reason}
     * @param problems empty if all agree
     */
    record Report(List<Element> elements, List<String> exempt, List<String> problems) {

        /** {@code 12 structures, 60 fields, …} */
        String kinds() {
            Map<Kind, Long> counts = elements.stream().collect(Collectors.groupingBy(Element::kind, Collectors.counting()));
            return counts.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(each -> each.getKey().counted(each.getValue()))
                    .collect(Collectors.joining(", "));
        }
    }

    /** @param folder where the generated programs stay, for reading them */
    static Report run(List<Class<?>> classes, Lacking lacking, Path folder) {
        Mappings mappings = Mappings.of(classes);
        List<String> problems = new ArrayList<>(mappings.problems());
        problems.addAll(Code.problems(mappings.code()));
        problems.addAll(new Loading(lacking).problems(mappings.libraries(), classes));

        PlatformCalls platform = PlatformCalls.of(classes);
        problems.addAll(platform.problems());
        List<Element> elements = new ArrayList<>(mappings.elements());
        elements.addAll(platform.elements());
        problems.addAll(compare(elements, lacking, new Headers(folder)));
        if (elements.isEmpty()) {
            problems.add("no mapping found (expected: the classes of the win32 package)");
        }
        List<String> exempt = new ArrayList<>();
        lacking.names().forEach((name, why) -> exempt.add(name + ": " + why));
        lacking.exports().forEach((name, why) -> exempt.add(name + ": " + why));
        return new Report(elements, exempt, problems);
    }

    private static List<String> compare(List<Element> elements, Lacking lacking, Headers headers) {
        Map<Boolean, List<Element>> byLacking = elements.stream()
                .collect(Collectors.partitioningBy(each -> lacking.names().containsKey(each.symbol())));
        List<String> problems = new ArrayList<>();
        problems.addAll(headers.disagreements("headers", byLacking.get(false), List.of()));
        problems.addAll(headers.disagreements("lacking", byLacking.get(true), List.of(lacking.file())));
        headers.declared("declared", byLacking.get(true))
                .forEach(name -> problems.add("LACKING " + name + ": the headers have it (expected: no such line)"));
        Set<String> unneeded = new TreeSet<>(lacking.names().keySet());
        elements.forEach(each -> unneeded.remove(each.symbol()));
        unneeded.forEach(name -> problems.add("LACKING " + name + ": nothing maps it (expected: no such line)"));
        return problems;
    }
}
