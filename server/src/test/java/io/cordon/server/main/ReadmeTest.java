package io.cordon.server.main;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The README lists every property and every exit code: one that is added is documented, or this fails. */
class ReadmeTest {

    private final String readme = read();

    private static String read() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void listsEveryProperty() {
        List<String> properties = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.cordon.server")) {
            if (type.isAnnotatedWith(ConfigMapping.class)) {
                collect(
                        type.reflect(),
                        type.getAnnotationOfType(ConfigMapping.class).prefix(),
                        properties);
            }
        }
        assertTrue(properties.size() > 20, properties.toString());
        List<String> missing = properties.stream()
                .filter(property -> !readme.contains("`" + property + "`"))
                .toList();
        assertTrue(missing.isEmpty(), "README.md does not list " + missing);
    }

    private static void collect(Class<?> mapping, String prefix, List<String> properties) {
        for (Method method : mapping.getDeclaredMethods()) {
            if (method.isSynthetic() || method.isDefault()) {
                continue;
            }
            String name =
                    prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (method.getReturnType().isInterface()
                    && method.getReturnType().getName().startsWith("io.cordon.server")) {
                collect(method.getReturnType(), name, properties);
            } else {
                properties.add(Map.class.isAssignableFrom(method.getReturnType()) ? name + ".*" : name);
            }
        }
    }

    @Test
    void listsEveryExitCode() {
        for (StartupFailure.Cause cause : StartupFailure.Cause.values()) {
            assertTrue(readme.contains("| " + cause.exitCode + " |"), "exit code " + cause.exitCode);
        }
    }
}
