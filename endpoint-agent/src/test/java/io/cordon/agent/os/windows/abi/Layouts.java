package io.cordon.agent.os.windows.abi;

import com.sun.jna.Structure;
import io.cordon.agent.os.windows.win32.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes how JNA lays out each mapped structure on the machine that this runs on, one a line. The check against the headers runs on
 * the build machine: only if a JVM for Windows says the same does it hold there.
 */
public final class Layouts {
    private Layouts() {}

    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of(arguments[0]), all(Win32Package.classes()));
    }

    static List<String> all(List<Class<?>> classes) {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : classes) {
            if (Structure.class.isAssignableFrom(type) && type.isAnnotationPresent(Header.class)) {
                Layout layout = Layout.of(type);
                lines.add(type.getName() + " " + layout.size());
                layout.members()
                        .forEach(each -> lines.add(
                                type.getName() + "." + each.name() + " " + each.offset() + " " + each.size()));
            }
        }
        return lines;
    }
}
