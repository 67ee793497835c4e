package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.windows.Registry;
import java.io.IOException;
import java.util.Optional;

/**
 * Which Windows this is, from the registry: version calls lie to programs without a manifest, and the JVM's is not ours.
 *
 * @param productType 1 workstation, 2 domain controller, 3 server; 0 when the registry says something else
 * @param text for people, for example {@code Windows 10 Pro 22H2 (19045.3803)}
 */
public record WindowsVersion(int productType, int build, String text) {
    private static final String VERSION = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    private static final String PRODUCT = "SYSTEM\\CurrentControlSet\\Control\\ProductOptions";
    private static final String CRYPTOGRAPHY = "SOFTWARE\\Microsoft\\Cryptography";
    private static final String COMPUTER = "SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName";

    /** From this build on it calls itself 11, while its product name still says 10. */
    private static final int ELEVEN = 22000;

    /** @throws IOException when there is no build number */
    public static WindowsVersion read(Registry registry) throws IOException {
        String number = registry.text(VERSION, "CurrentBuildNumber").orElse("");
        if (!number.matches("[0-9]{1,6}")) {
            throw new IOException("HKLM\\" + VERSION + "\\CurrentBuildNumber: \"" + number + "\" (expected: a number)");
        }
        int build = Integer.parseInt(number);
        String name = registry.text(VERSION, "ProductName").orElse("Windows");
        if (build >= ELEVEN) {
            name = name.replace("Windows 10", "Windows 11");
        }
        String release =
                registry.text(VERSION, "DisplayVersion").map(each -> " " + each).orElse("");
        String update = registry.number(VERSION, "UBR").map(each -> "." + each).orElse("");
        return new WindowsVersion(
                type(registry.text(PRODUCT, "ProductType").orElse("")),
                build,
                name + release + " (" + build + update + ")");
    }

    private static int type(String name) {
        return switch (name) {
            case "WinNT" -> 1;
            case "LanmanNT" -> 2;
            case "ServerNT" -> 3;
            default -> 0;
        };
    }

    /** The id that Windows made when it was installed, without dashes, in lower case; empty when there is none. */
    public static Optional<String> machineGuid(Registry registry) throws IOException {
        return registry.text(CRYPTOGRAPHY, "MachineGuid")
                .map(each -> each.replace("-", "").toLowerCase(java.util.Locale.ROOT))
                .filter(each -> each.matches("[0-9a-f]{32}"));
    }

    /** NetBIOS name of this computer. */
    public static String computerName(Registry registry) throws IOException {
        return registry.text(COMPUTER, "ComputerName")
                .filter(each -> !each.isBlank())
                .orElseThrow(() -> new IOException("HKLM\\" + COMPUTER + "\\ComputerName: missing"));
    }
}
