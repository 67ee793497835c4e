package io.cordon.agent.os.windows.abi;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether each function is in the DLL that the code really loads for it. */
final class Loading {
    private final Exports exports = new Exports();
    private final Map<String, String> lacking;
    private final Set<String> exempt = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    Loading(Lacking lacking) {
        this.lacking = lacking.exports();
    }

    /** What is wrong with the loading of these interfaces, which any of the classes does. */
    List<String> problems(List<Class<?>> libraries, List<Class<?>> classes) {
        Map<String, Set<String>> dlls = new TreeMap<>();
        for (Class<?> type : classes) {
            for (ClassFile.Load load : ClassFile.of(type).loads()) {
                if (load.dll() == null || load.library() == null) {
                    problems.add(load.where()
                            + ": Native.load (expected: the DLL's name and the interface as constants in the call)");
                } else {
                    dlls.computeIfAbsent(load.library().getClassName(), name -> new TreeSet<>())
                            .add(load.dll().toLowerCase(Locale.ROOT));
                }
            }
        }
        for (Class<?> library : libraries) {
            Set<String> names = dlls.getOrDefault(library.getName(), Set.of());
            if (names.isEmpty()) {
                problems.add(library.getSimpleName() + ": no class loads it (expected: Native.load with a DLL's name)");
            }
            names.forEach(dll -> check(library, dll));
        }
        return problems;
    }

    /** What the import libraries lack by {@link Lacking}, once {@link #problems} has looked. */
    Set<String> exempt() {
        return exempt;
    }

    private void check(Class<?> library, String dll) {
        Optional<Set<String>> exported = exports.of(dll);
        if (exported.isEmpty()) {
            problems.add(library.getSimpleName() + ": " + dll + ": mingw-w64 has no import library of that name");
            return;
        }
        for (Method function : Functions.of(library)) {
            String name = dll + "!" + function.getName();
            boolean found = exported.get().contains(function.getName());
            if (!found && lacking.containsKey(name)) {
                exempt.add(name + ": not in the import library: " + lacking.get(name));
            }
            if (!found && !lacking.containsKey(name)) {
                problems.add(library.getSimpleName() + "." + function.getName() + ": not exported by " + dll);
            }
            if (found && lacking.containsKey(name)) {
                problems.add("LACKING_EXPORT " + name + ": the import library has it (expected: no such line)");
            }
        }
    }
}
