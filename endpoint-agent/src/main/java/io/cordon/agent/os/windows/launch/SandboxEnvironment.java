package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.SandboxAccount;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The environment of a confined process: the run's variables, over which lie those of the sandbox account and the machine. */
final class SandboxEnvironment {
    private static final String WINDOWS_APPS = "\\windowsapps";

    /** Without these hardly a program starts, and none of them is the caller's to choose. */
    private static final List<String> MACHINE = List.of(
            "SystemRoot",
            "SystemDrive",
            "windir",
            "ComSpec",
            "OS",
            "ProgramData",
            "ALLUSERSPROFILE",
            "PUBLIC",
            "ProgramFiles",
            "ProgramFiles(x86)",
            "ProgramW6432",
            "CommonProgramFiles",
            "CommonProgramFiles(x86)",
            "CommonProgramW6432",
            "DriverData",
            "NUMBER_OF_PROCESSORS",
            "PROCESSOR_ARCHITECTURE",
            "PROCESSOR_IDENTIFIER",
            "PROCESSOR_LEVEL",
            "PROCESSOR_REVISION");

    /** The caller's: a confined process must not be led there. */
    private static final List<String> OF_THE_CALLER = List.of(
            "USERDOMAIN_ROAMINGPROFILE", "LOGONSERVER", "SESSIONNAME", "CLIENTNAME", "OneDrive", "OneDriveConsumer");

    private final MachineFacts machine;

    SandboxEnvironment(MachineFacts machine) {
        this.machine = machine;
    }

    /**
     * @param profile of the sandbox account
     * @param run variables that the policy lets through and those of the run
     */
    Map<String, String> of(Map<String, String> run, SandboxAccount account, String profile) {
        Map<String, String> env = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        env.putAll(run);
        OF_THE_CALLER.forEach(env::remove);
        MACHINE.forEach(name -> copy(name, env));
        account(account, profile, env);
        env.put("PATH", path(run, "PATH"));
        env.put("PATHEXT", pathExtensions(run));
        env.putIfAbsent("GIT_PAGER", "more.com");
        // Names such as setup.exe make Windows ask for elevation (error 740); a confined process is never elevated.
        env.put("__COMPAT_LAYER", "RunAsInvoker");
        trustRepositories(env);
        return env;
    }

    private void copy(String name, Map<String, String> env) {
        String value = machine.variables().get(name);
        if (value == null) {
            env.remove(name);
        } else {
            env.put(name, value);
        }
    }

    private void account(SandboxAccount account, String profile, Map<String, String> env) {
        env.put("USERNAME", account.accountName());
        env.put("USERDOMAIN", machine.computerName());
        env.put("COMPUTERNAME", machine.computerName());
        env.put("USERPROFILE", profile);
        env.put("HOMEDRIVE", profile.substring(0, 2));
        env.put("HOMEPATH", profile.substring(2));
        env.put("HOME", profile);
        env.put("APPDATA", profile + "\\AppData\\Roaming");
        env.put("LOCALAPPDATA", profile + "\\AppData\\Local");
        // Those of the run, when it has them, are the private folder that the policy opens.
        env.putIfAbsent("TEMP", profile + "\\AppData\\Local\\Temp");
        env.putIfAbsent("TMP", profile + "\\AppData\\Local\\Temp");
    }

    /** The run's entries first, then the machine's; without aliases of the Store, which start nothing under this token. */
    private String path(Map<String, String> run, String name) {
        Set<String> seen = new LinkedHashSet<>();
        StringBuilder path = new StringBuilder();
        for (String source : new String[] {value(run, name), machine.variables().get(name)}) {
            for (String entry : source == null ? new String[0] : source.split(";")) {
                String folder = entry.strip();
                if (!folder.isEmpty() && !isStore(folder) && seen.add(folder.toLowerCase(Locale.ROOT))) {
                    path.append(path.isEmpty() ? "" : ";").append(folder);
                }
            }
        }
        return path.toString();
    }

    static boolean isStore(String path) {
        String plain = path.replace('/', '\\').toLowerCase(Locale.ROOT);
        return plain.endsWith(WINDOWS_APPS) || plain.contains(WINDOWS_APPS + "\\");
    }

    private String pathExtensions(Map<String, String> run) {
        String merged = path(run, "PATHEXT");
        return merged.isEmpty() ? ".COM;.EXE;.BAT;.CMD" : merged;
    }

    private static @Nullable String value(Map<String, String> run, String name) {
        return run.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /**
     * No repository belongs to the sandbox account, so git would refuse them all as of dubious ownership. What that check guards
     * against, programs that a foreign repository names, runs confined here.
     */
    private static void trustRepositories(Map<String, String> env) {
        int count = count(env.get("GIT_CONFIG_COUNT"));
        env.put("GIT_CONFIG_KEY_" + count, "safe.directory");
        env.put("GIT_CONFIG_VALUE_" + count, "*");
        env.put("GIT_CONFIG_COUNT", Integer.toString(count + 1));
    }

    private static int count(@Nullable String given) {
        return given != null && given.matches("[0-9]{1,4}") ? Integer.parseInt(given) : 0;
    }
}
