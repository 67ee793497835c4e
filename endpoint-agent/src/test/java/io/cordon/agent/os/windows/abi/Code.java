package io.cordon.agent.os.windows.abi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the code over the mappings must not do, because nothing would check it: call by name, or keep constants of its own. */
final class Code {
    private static final Path HEADERS = Path.of("/usr/x86_64-w64-mingw32/include");
    private static final Set<String> BY_NAME = Set.of(
            "com/sun/jna/Native.register",
            "com/sun/jna/NativeLibrary.getInstance",
            "com/sun/jna/NativeLibrary.getFunction");

    private static final Pattern WORD = Pattern.compile("\\w+");

    private Code() {}

    static List<String> problems(List<Class<?>> classes) {
        List<String> problems = new ArrayList<>();
        for (Class<?> type : classes) {
            for (ClassFile.Call call : ClassFile.of(type).calls()) {
                if (isByName(call)) {
                    problems.add(call.where() + ": calls " + call.method()
                            + " (expected: a function of a StdCallLibrary with @Header, loaded by Native.load)");
                }
            }
        }
        problems.addAll(misplacedConstants(classes));
        return problems;
    }

    private static boolean isByName(ClassFile.Call call) {
        boolean functionByName =
                call.owner().equals("com/sun/jna/Function") && call.descriptor().startsWith("(Ljava/lang/String;");
        return functionByName || BY_NAME.contains(call.owner() + "." + call.method());
    }

    private static List<String> misplacedConstants(List<Class<?>> classes) {
        Map<String, String> places = new TreeMap<>();
        for (Class<?> type : classes) {
            ClassFile.of(type).constants().forEach((name, value) -> {
                if (value instanceof Number) {
                    places.put(name, type.getSimpleName());
                }
            });
        }
        if (places.isEmpty()) {
            return List.of();
        }
        return definedInHeaders(places.keySet()).stream()
                .map(name -> places.get(name) + "." + name
                        + ": a constant of the Windows headers outside the check (expected:"
                        + " in a class whose name ends in Constants, or another name if it is none of theirs)")
                .toList();
    }

    /** As a macro or an enumerator. */
    private static Set<String> definedInHeaders(Set<String> names) {
        String any = "(" + String.join("|", names) + ")";
        String definition = "^\\s*#\\s*define\\s+" + any + "\\b|^\\s*" + any + "\\s*=[^=]";
        try {
            // -R and not -r: Debian's headers are links.
            Program grep = Program.run(
                    Path.of("."), List.of("grep", "-RhoE", "--include=*.h", definition, HEADERS.toString()));
            if (grep.exit() > 1 || !Files.exists(HEADERS.resolve("windows.h"))) {
                throw new IllegalStateException(
                        HEADERS + ": not searched (expected: the Debian package mingw-w64-x86-64-dev)");
            }
            return grep.output().stream()
                    .flatMap(line -> WORD.matcher(line).results().map(MatchResult::group))
                    .filter(names::contains)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new IllegalStateException("grep: " + e, e);
        }
    }
}
