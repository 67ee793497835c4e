package io.cordon.policy.evaluate;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths in the one form that patterns are compared in: absolute, without {@code .} and {@code ..} (SPEC 4.7). */
final class PathForm {

    private static final Pattern PROCESS_ROOT =
            Pattern.compile("/proc/(?:self|thread-self|[0-9]+)(?:/task/[0-9]+)?/(root|cwd)(?=/|$)");
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");

    private PathForm() {}

    /** The path's form, or empty when it is none: it is empty, has a NUL, or names a stream on Windows. */
    static Optional<String> of(PathContext context, String given) {
        if (given.isEmpty() || given.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        String path = isWindows(context) ? given.replace('\\', '/') : given;
        if (isWindows(context)) {
            path = path.replaceFirst("^//[?.]/(?:UNC/)?", path.matches("^//[?.]/(?i:UNC)/.*") ? "//" : "");
        }
        if (path.equals("~") || path.startsWith("~/")) {
            path = slashes(context, context.home()) + path.substring(1);
        } else if (!path.startsWith("/") && !startsWithDrive(context, path)) {
            path = slashes(context, context.cwd()) + "/" + path;
        }
        String absolute = normalise(path, isWindows(context));
        if (isWindows(context) && absolute.indexOf(':', 2) >= 0) {
            return Optional.empty();
        }
        return Optional.of(context.os().equals("linux") ? withoutProcessLinks(context, absolute) : absolute);
    }

    /** Components as they are compared: without regard to case or Unicode form where the system has none. */
    static List<String> compared(PathContext context, String path) {
        List<String> components = new ArrayList<>();
        for (String component : path.split("/")) {
            if (!component.isEmpty()) {
                components.add(
                        context.os().equals("linux")
                                ? component
                                : Normalizer.normalize(component, Normalizer.Form.NFC)
                                        .toLowerCase(Locale.ROOT));
            }
        }
        return components;
    }

    static String slashes(PathContext context, String path) {
        return isWindows(context) ? path.replace('\\', '/') : path;
    }

    private static boolean isWindows(PathContext context) {
        return context.os().equals("windows");
    }

    private static boolean startsWithDrive(PathContext context, String path) {
        return isWindows(context)
                && path.length() > 1
                && DRIVE.matcher(path.substring(0, 2)).matches();
    }

    /** Windows takes {@code .ssh.} and {@code ".ssh "} for {@code .ssh}. */
    private static String normalise(String path, boolean windows) {
        List<String> components = new ArrayList<>();
        for (String component : path.split("/")) {
            if (component.equals("..")) {
                if (!components.isEmpty()
                        && !DRIVE.matcher(components.get(components.size() - 1)).matches()) {
                    components.remove(components.size() - 1);
                }
            } else if (!component.isEmpty() && !component.equals(".")) {
                String name = windows ? component.replaceFirst("[. ]+$", "") : component;
                components.add(name.isEmpty() ? component : name);
            }
        }
        boolean drive = windows
                && !components.isEmpty()
                && DRIVE.matcher(components.get(0)).matches();
        return (drive ? "" : "/") + String.join("/", components);
    }

    /** {@code /proc/self/root/etc} is {@code /etc}; links of other kinds are the operating system's affair. */
    private static String withoutProcessLinks(PathContext context, String path) {
        String result = path;
        for (int i = 0; i < 8; i++) {
            Matcher link = PROCESS_ROOT.matcher(result);
            if (!link.lookingAt()) {
                return result;
            }
            String target = link.group(1).equals("cwd") ? context.cwd() : "";
            result = normalise(target + "/" + result.substring(link.end()), false);
        }
        return result;
    }
}
