package io.cordon.agent.os.windows.abi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which functions a DLL has, by the import library that mingw-w64 links programs with. */
final class Exports {
    private static final Path LIBRARIES = Path.of("/usr/x86_64-w64-mingw32/lib");
    private static final String SYMBOL = " T ";

    private final Map<String, Optional<Set<String>>> byDll = new HashMap<>();

    /** Empty if there is no import library for it. */
    Optional<Set<String>> of(String dll) {
        return byDll.computeIfAbsent(dll, Exports::read);
    }

    private static Optional<Set<String>> read(String dll) {
        Path library = LIBRARIES.resolve("lib" + dll + ".a");
        if (!Files.exists(library)) {
            return Optional.empty();
        }
        try {
            Program nm = Program.run(
                    LIBRARIES, List.of("x86_64-w64-mingw32-nm", "--defined-only", "--extern-only", library.toString()));
            if (nm.exit() != 0) {
                throw new IllegalStateException(library + ": nm: exit code " + nm.exit());
            }
            return Optional.of(nm.output().stream()
                    .filter(line -> line.contains(SYMBOL))
                    .map(line -> line.substring(line.indexOf(SYMBOL) + SYMBOL.length()))
                    .collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "nm: " + e + " (expected: the Debian package binutils-mingw-w64-x86-64)", e);
        }
    }
}
