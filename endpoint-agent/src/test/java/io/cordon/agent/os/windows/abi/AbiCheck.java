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
     * @param exempt not compared with mingw-w64, as {@code name: reason}, by {@link Lacking}
     * @param problems empty if all agree
     */
    record Report(List<Element> elements, List<String> exempt, List<String> problems) {

        /** {@code 12 structures, 60 fields, …} */
        String kinds() {
            Map<Kind, Long> counts =
                    elements.stream().collect(Collectors.groupingBy(Element::kind, Collectors.counting()));
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
        Loading loading = new Loading(lacking);
        problems.addAll(loading.problems(mappings.libraries(), classes));

        PlatformCalls platform = PlatformCalls.of(classes);
        problems.addAll(platform.problems());
        List<Element> elements = new ArrayList<>(mappings.elements());
        elements.addAll(platform.elements());
        problems.addAll(compare(elements, lacking, new Headers(folder)));
        if (elements.isEmpty()) {
            problems.add("no mapping found (expected: the classes of the win32 package)");
        }
        List<String> exempt = new ArrayList<>(loading.exempt());
        exempt.addAll(exempt(elements, lacking));
        return new Report(elements, exempt, problems);
    }

    /** A declaration of something that nothing maps any more hides nothing: it is not counted and not an error. */
    private static List<String> exempt(List<Element> elements, Lacking lacking) {
        Set<String> exempt = new TreeSet<>();
        for (Element each : elements) {
            if (lacking.names().containsKey(each.symbol())) {
                exempt.add(each.symbol() + ": not in the headers: "
                        + lacking.names().get(each.symbol()));
            }
            if (isDifferent(each, lacking)) {
                exempt.add(each.name() + ": " + lacking.differences().get(each.symbol()));
            }
        }
        return List.copyOf(exempt);
    }

    private static boolean isDifferent(Element element, Lacking lacking) {
        return element.name().startsWith(PlatformCalls.OWNER)
                && lacking.differences().containsKey(element.symbol());
    }

    private static List<String> compare(List<Element> elements, Lacking lacking, Headers headers) {
        List<Element> plain = new ArrayList<>();
        List<Element> lacked = new ArrayList<>();
        List<Element> different = new ArrayList<>();
        for (Element each : elements) {
            boolean isLacked = lacking.names().containsKey(each.symbol());
            (isDifferent(each, lacking) ? different : isLacked ? lacked : plain).add(each);
        }
        List<String> problems = new ArrayList<>(headers.disagreements("headers", plain, List.of()));
        problems.addAll(headers.disagreements("lacking", lacked, List.of(lacking.file())));
        headers.declared("declared", lacked)
                .forEach(name -> problems.add("LACKING " + name + ": the headers have it (expected: no such line)"));

        List<String> differences = headers.disagreements("different", different, List.of());
        for (Element each : different) {
            if (differences.stream().noneMatch(found -> found.startsWith(each.name() + ": "))) {
                problems.add("DIFFERENT " + each.symbol() + ": the mapping agrees (expected: no such line)");
            }
        }
        return problems;
    }
}
