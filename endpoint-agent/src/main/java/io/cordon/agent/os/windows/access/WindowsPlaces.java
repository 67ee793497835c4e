package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where this machine keeps what is nobody's work, and which folders therefore can be no writable root.
 *
 * @param windows such as {@code C:\Windows}
 * @param profiles the folder of all profiles, such as {@code C:\Users}
 * @param programs program folders and the shared program data, such as {@code C:\Program Files}, {@code C:\ProgramData}
 * @param domainController whether this machine is one: there are no local accounts on it to confine anything with
 */
public record WindowsPlaces(String windows, String profiles, List<String> programs, boolean domainController) {
    public WindowsPlaces {
        programs = List.copyOf(programs);
    }

    /**
     * From the variables of the service's environment; what is missing there is where Windows puts it.
     *
     * @param domainController whether this machine is one
     */
    public static WindowsPlaces of(Map<String, String> environment, boolean domainController) {
        Map<String, String> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        variables.putAll(environment);
        String windows = variables.getOrDefault("SystemRoot", "C:\\Windows");
        String drive = WindowsPaths.driveRoot(windows);
        return new WindowsPlaces(
                windows,
                WindowsPaths.parent(variables.getOrDefault("PUBLIC", drive + "Users\\Public")),
                List.of(
                        variables.getOrDefault("ProgramFiles", drive + "Program Files"),
                        variables.getOrDefault("ProgramFiles(x86)", drive + "Program Files (x86)"),
                        variables.getOrDefault("ProgramData", drive + "ProgramData")),
                domainController);
    }

    /** Refuses a machine that cannot hold the sandbox accounts. */
    void requireConfinable() {
        if (domainController) {
            throw new CannotConfineException(
                    "domain-controller",
                    "this machine is a domain controller, whose accounts are those of the whole domain; run agents on a"
                            + " workstation");
        }
    }

    /** Refuses a volume on which access control entries would not stay or not be this machine's. */
    static void requireOwnVolume(WindowsProbe probe, String path) {
        WindowsProbe.Volume volume = probe.volume(path);
        String drive = WindowsPaths.driveRoot(path);
        if (!volume.local()) {
            throw new CannotConfineException(
                    "remote-drive",
                    path + ": " + drive + " is a network or virtual drive, which the sandbox accounts do not have;"
                            + " use a folder on a local disk");
        }
        if (volume.substituted()) {
            throw new CannotConfineException(
                    "substituted-drive",
                    path + ": " + drive + " stands for another folder (subst) in your session only; use that folder");
        }
        if (!volume.persistentAcls()) {
            throw new CannotConfineException(
                    "no-persistent-acls",
                    path + ": the file system of " + drive + " (" + volume.fileSystem()
                            + ") keeps no access control lists; use a folder on an NTFS volume");
        }
    }

    /** Why the canonical path cannot be writable as a whole, as a rule and its reason; null when it can. */
    @Nullable
    Refusal refusal(String path, String home) {
        if (WindowsPaths.isDriveRoot(path)) {
            return new Refusal("drive-root", path + " is a whole drive; name a folder on it");
        }
        if (WindowsPaths.inside(path, windows) || WindowsPaths.inside(windows, path)) {
            return new Refusal("windows-folder", path + " belongs to Windows; name a folder of your own");
        }
        if (isPackaged(path)) {
            return new Refusal(
                    "appx-folder",
                    path
                            + " holds packaged apps, which Windows repairs when their entries change; name another folder");
        }
        boolean profile = WindowsPaths.same(WindowsPaths.parent(path), profiles);
        if (WindowsPaths.inside(home, path) || profile || WindowsPaths.inside(profiles, path)) {
            return new Refusal("profile-root", path + " is a profile or contains one; name a folder inside it");
        }
        for (String program : programs) {
            boolean data = WindowsPaths.name(program).equalsIgnoreCase("ProgramData");
            if (WindowsPaths.inside(program, path) || !data && WindowsPaths.inside(path, program)) {
                return new Refusal(
                        "program-folder", path + " belongs to installed programs; name a folder of your own");
            }
        }
        return null;
    }

    /** Folders of packaged (AppX, MSIX) apps: {@code WindowsApps} anywhere, {@code Packages} of a profile. */
    static boolean isPackaged(String path) {
        String key = WindowsPaths.key(path) + "\\";
        return key.contains("\\windowsapps\\") || key.contains("\\appdata\\local\\packages\\");
    }

    /** Whether a stamp on it runs through much of a profile: slow once, so it is worth a word. */
    static boolean isTopOfProfile(String path, String home) {
        return WindowsPaths.same(WindowsPaths.parent(path), home);
    }

    /** @param reason one line */
    record Refusal(String rule, String reason) {}
}
