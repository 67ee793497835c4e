package io.cordon.agent.os.windows.win32;

import io.cordon.agent.os.windows.Registry;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.DeveloperAccounts;
import io.cordon.agent.os.windows.service.WindowsVersion;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Accounts as Windows names them, and their profiles as its profile list has them. */
public final class NativeDeveloperAccounts implements DeveloperAccounts {
    private static final String PROFILES = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\";
    private static final String DRIVE = "%systemdrive%";

    private final Registry registry;

    public NativeDeveloperAccounts(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Optional<Named> lookup(Sid sid) throws IOException {
        return AccountNames.of(sid);
    }

    @Override
    public Optional<String> profile(Sid sid) throws IOException {
        return registry.text(PROFILES + sid, "ProfileImagePath").map(NativeDeveloperAccounts::expanded);
    }

    /** The one variable that Windows writes there. */
    private static String expanded(String path) {
        String drive = System.getenv().getOrDefault("SystemDrive", "C:");
        return path.toLowerCase(Locale.ROOT).startsWith(DRIVE) ? drive + path.substring(DRIVE.length()) : path;
    }

    @Override
    public String computer() throws IOException {
        return WindowsVersion.computerName(registry);
    }
}
