package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.service.Finding.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Judges a machine: whether commands can be confined on it, and what its administrators should know. */
public final class Preflight {
    /** Base filtering engine and firewall, which carry the network fence. */
    public static final Set<String> SERVICES = Set.of("BFE", "MpsSvc");

    /** ConPTY, and the last Windows 10 that these calls are documented for. */
    static final int OLDEST_BUILD = 17763;

    private static final int DOMAIN_CONTROLLER = 2;

    /** Everybody whom a batch logon of a sandbox account belongs to, whatever its name. */
    private static final Set<Sid> ALWAYS_IN_TOKEN = Set.of(
            Sid.EVERYONE,
            Sid.AUTHENTICATED_USERS,
            Sid.USERS,
            Sid.parse("S-1-5-3"),
            Sid.parse("S-1-2-0"),
            Sid.parse("S-1-5-113"),
            Sid.parse("S-1-5-64-10"));

    private Preflight() {}

    public static List<Finding> judge(PreflightFacts facts) {
        List<Finding> findings = new ArrayList<>();
        findings.add(product(facts));
        findings.add(
                facts.build() >= OLDEST_BUILD
                        ? ok("Windows", "build " + facts.build())
                        : refused(
                                "Windows",
                                "build " + facts.build() + " (expected: " + OLDEST_BUILD
                                        + " or newer). Update Windows"));
        findings.add(service(facts, "BFE", "Base Filtering Engine", Weight.REFUSED));
        findings.add(service(facts, "MpsSvc", "Windows Defender Firewall", Weight.REFUSED));
        findings.add(logonRight(facts));
        findings.add(lockout(facts));
        if (!facts.foreignAccounts().isEmpty()) {
            findings.add(
                    notice(
                            "other sandboxes",
                            "accounts " + String.join(", ", facts.foreignAccounts())
                                    + " belong to other products. Cordon leaves them alone; what runs as them is not confined by Cordon"));
        }
        if (!facts.applicationControl().isEmpty()) {
            findings.add(notice(
                    "application control",
                    String.join(", ", facts.applicationControl())
                            + " in force. Allow Cordon's folder by publisher or path; confined PowerShell runs in constrained"
                            + " language mode, and what the policy blocks fails inside as outside"));
        }
        if (facts.wsl()) {
            findings.add(notice(
                    "WSL",
                    "is installed. A Linux distribution started by a person is not confined, and its"
                            + " interop can start Windows programs outside. Deny wsl.exe, wslg.exe and bash.exe by policy,"
                            + " or remove WSL, where that matters"));
        }
        facts.unknown().forEach(line -> findings.add(notice("not found out", line)));
        return findings;
    }

    /** Whether anything forbids running commands here. */
    public static boolean refused(List<Finding> findings) {
        return findings.stream().anyMatch(each -> each.weight() == Weight.REFUSED);
    }

    private static Finding product(PreflightFacts facts) {
        return switch (facts.productType()) {
            case 1 -> ok("product", "a workstation");
            case DOMAIN_CONTROLLER ->
                refused(
                        "product",
                        "a domain controller. Its local accounts would be accounts of the domain, with rights everywhere in"
                                + " it: Cordon does not run here");
            case 3 -> ok("product", "a server");
            default -> refused("product", "type " + facts.productType() + " (expected: 1 workstation or 3 server)");
        };
    }

    private static Finding service(PreflightFacts facts, String name, String display, Weight missing) {
        return facts.services().contains(name)
                ? ok(display, "runs")
                : new Finding(
                        missing,
                        display,
                        "the service " + name
                                + " does not run, so no network rule holds. Start it: sc config " + name
                                + " start= auto, sc start " + name);
    }

    private static Finding logonRight(PreflightFacts facts) {
        Set<Sid> token = new TreeSet<>(java.util.Comparator.comparing(Sid::toString));
        token.addAll(ALWAYS_IN_TOKEN);
        facts.accounts().ifPresent(token::addAll);
        Set<Sid> denied = new TreeSet<>(java.util.Comparator.comparing(Sid::toString));
        denied.addAll(facts.batchDenied());
        denied.retainAll(token);
        if (!denied.isEmpty()) {
            return refused(
                    "logon right",
                    "\"Deny log on as a batch job\" covers " + denied
                            + ", and with it Cordon's accounts (logon would end with error 1385). Take it out of the group policy or"
                            + " local policy that sets it, then run gpupdate");
        }
        if (facts.accounts().isEmpty()) {
            return ok("logon right", "nothing denies it; it is granted when the accounts are made");
        }
        boolean allowed = facts.batchAllowed().stream().anyMatch(token::contains);
        return allowed
                ? ok("logon right", "Cordon's accounts may log on as a batch job")
                : refused(
                        "logon right",
                        "nobody grants Cordon's accounts \"Log on as a batch job\". Restart the service"
                                + " CordonAgent; if a group policy sets that right, add CordonSandboxUsers to it");
    }

    private static Finding lockout(PreflightFacts facts) {
        int threshold = facts.lockoutThreshold();
        if (threshold == 0) {
            return ok("account lockout", "none");
        }
        return threshold >= 3
                ? ok("account lockout", "after " + threshold + " failed logons; Cordon stops trying at half of that")
                : notice(
                        "account lockout",
                        "after " + threshold + " failed logons: a single attempt by somebody else can"
                                + " lock Cordon's accounts, and commands are refused until Windows unlocks them");
    }

    private static Finding ok(String subject, String text) {
        return new Finding(Weight.OK, subject, text);
    }

    private static Finding notice(String subject, String text) {
        return new Finding(Weight.NOTICE, subject, text);
    }

    private static Finding refused(String subject, String text) {
        return new Finding(Weight.REFUSED, subject, text);
    }
}
