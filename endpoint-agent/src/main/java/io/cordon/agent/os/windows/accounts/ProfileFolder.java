package io.cordon.agent.os.windows.accounts;

import java.util.Locale;

/**
 * Whether a loaded profile is really an account's own. Windows hands out a temporary or the default profile when the real one
 * cannot be loaded; hiding that folder would hide everybody's.
 */
public final class ProfileFolder {
    private ProfileFolder() {}

    /**
     * @param accountName whose profile it should be
     * @param folder that the profile list has for its SID
     * @param profiles folder of all profiles
     * @param temporary whether the profile was loaded as a temporary one ({@code PT_TEMPORARY}), or is roaming or mandatory
     */
    public static boolean mayHide(String accountName, String folder, String profiles, boolean temporary) {
        String path = folder.toLowerCase(Locale.ROOT);
        String parent = profiles.toLowerCase(Locale.ROOT) + "\\";
        if (temporary || !path.startsWith(parent)) {
            return false;
        }
        String name = path.substring(parent.length());
        String own = accountName.toLowerCase(Locale.ROOT);
        // A second profile of the same name gets the computer's name or a number behind a dot.
        return name.equals(own) || (name.startsWith(own + ".") && !name.contains("\\"));
    }
}
