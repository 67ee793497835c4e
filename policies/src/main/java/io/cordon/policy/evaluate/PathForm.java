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

    private static final Pattern PROCESS_LINK =
            Pattern.compile("proc/(?:self|thread-self|[0-9]+)(?:/task/[0-9]+)?/(root|cwd)");
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
        String absolute = normalise(context, path);
        return isWindows(context) && absolute.indexOf(':', 2) >= 0 ? Optional.empty() : Optional.of(absolute);
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

    /**
     * Windows takes {@code .ssh.} and {@code ".ssh "} for {@code .ssh}. On Linux {@code /proc/self/root} and its like are
     * followed where they stand, before any {@code ..} behind them; other links are the operating system's affair.
     */
    private static String normalise(PathContext context, String path) {
        boolean windows = isWindows(context);
        List<String> components = new ArrayList<>();
        for (String component : path.split("/")) {
            if (component.equals("..")) {
                if (!components.isEmpty() && !isDrive(components.get(components.size() - 1))) {
                    components.remove(components.size() - 1);
                }
            } else if (!component.isEmpty() && !component.equals(".")) {
                String name = windows ? component.replaceFirst("[. ]+$", "") : component;
                components.add(name.isEmpty() ? component : name);
                followProcessLink(context, components);
            }
        }
        boolean drive = windows && !components.isEmpty() && isDrive(components.get(0));
        return (drive ? "" : "/") + String.join("/", components);
    }

    private static void followProcessLink(PathContext context, List<String> components) {
        boolean candidate = context.os().equals("linux")
                && components.size() <= 6
                && components.get(0).equals("proc");
        Matcher link = PROCESS_LINK.matcher(candidate ? String.join("/", components) : "");
        if (!link.matches()) {
            return;
        }
        components.clear();
        if (link.group(1).equals("cwd")) {
            for (String component : context.cwd().split("/")) {
                if (!component.isEmpty()) {
                    components.add(component);
                }
            }
        }
    }

    private static boolean isDrive(String component) {
        return DRIVE.matcher(component).matches();
    }
}
