package io.cordon.agent.os.windows.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A path as somebody wrote it, in the one form that plans use: a drive letter in upper case, backslashes, no {@code .} or
 * {@code ..}, no name that Windows would read as another. Lexical: links, short (8.3) names and case are resolved by the probe,
 * which knows what is there.
 */
sealed interface PathForm {
    /** @param path such as {@code C:\Users\ada} */
    record Local(String path) implements PathForm {}

    /** No such form exists, or it would not mean a folder of this machine. */
    record Refused(String rule, String reason) implements PathForm {}

    Pattern DRIVE = Pattern.compile("[A-Za-z]:\\\\.*|[A-Za-z]:");
    Pattern VERBATIM = Pattern.compile("\\\\\\\\[?.]\\\\[A-Za-z]:\\\\.*");
    Pattern DEVICE_NAME =
            Pattern.compile("(?i)(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3])\\s*(\\..*)?");

    static PathForm of(String text) {
        String path = text.replace('/', '\\');
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            return refused("invalid-path", text, "it is no path");
        }
        boolean verbatim = VERBATIM.matcher(path).matches();
        if (verbatim) {
            path = path.substring(4);
        } else if (path.startsWith("\\\\?\\") || path.startsWith("\\\\.\\")) {
            return path.toUpperCase(Locale.ROOT).startsWith("\\\\?\\UNC\\")
                    ? remote(text)
                    : refused("device-path", text, "it names a device or volume; use a drive letter");
        } else if (path.startsWith("\\\\")) {
            return remote(text);
        }
        if (!DRIVE.matcher(path).matches()) {
            return refused("relative-path", text, "it does not start with a drive such as C:\\");
        }
        return components(text, path, verbatim);
    }

    private static PathForm components(String text, String path, boolean verbatim) {
        List<String> names = new ArrayList<>();
        for (String component : path.substring(2).split("\\\\")) {
            if (component.equals("..")) {
                if (!names.isEmpty()) {
                    names.remove(names.size() - 1);
                }
            } else if (!component.isEmpty() && !component.equals(".")) {
                String name = component.replaceFirst("[. ]+$", "");
                String wrong = wrong(name, component, verbatim);
                if (wrong != null) {
                    return refused("invalid-path", text, wrong);
                }
                names.add(name);
            }
        }
        return new Local(path.substring(0, 1).toUpperCase(Locale.ROOT) + ":\\" + String.join("\\", names));
    }

    private static @org.jspecify.annotations.Nullable String wrong(String name, String given, boolean verbatim) {
        if (name.indexOf(':') >= 0) {
            return "it names an alternate data stream; name the file";
        }
        if (name.isEmpty() || verbatim && !name.equals(given)) {
            return "a name ends with a dot or a blank, which other programs drop; rename it";
        }
        if (DEVICE_NAME.matcher(name).matches()) {
            return name + " is the name of a device; rename it";
        }
        if (name.chars().anyMatch(c -> c < ' ' || "<>\"|?*".indexOf(c) >= 0)) {
            return "a name holds a character that names on Windows cannot";
        }
        return null;
    }

    private static PathForm remote(String text) {
        return refused(
                "remote-path",
                text,
                "it lies on another machine, whose access control lists are not Cordon's; use a local" + " folder");
    }

    private static PathForm refused(String rule, String text, String why) {
        String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
        return new Refused(rule, shown.replaceAll("\\p{Cntrl}", "?") + ": " + why);
    }
}
