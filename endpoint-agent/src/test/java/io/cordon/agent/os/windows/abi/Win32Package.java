package io.cordon.agent.os.windows.abi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All classes of the {@code win32} package, as they were compiled: a list of names would leave out the next one. */
final class Win32Package {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path WIN32 = CLASSES.resolve("io/cordon/agent/os/windows/win32");

    private Win32Package() {}

    static List<Class<?>> classes() throws IOException {
        try (Stream<Path> files = Files.walk(WIN32)) {
            return files.map(file -> CLASSES.relativize(file).toString().replaceAll("[/\\\\]", "."))
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(name -> !name.endsWith("package-info") && !name.endsWith(".Header"))
                    .sorted()
                    .<Class<?>>map(Win32Package::load)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Win32Package.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + ": " + e, e);
        }
    }
}
