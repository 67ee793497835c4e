package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.windows.Registry;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.AccountDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at the machine. What cannot be found out is a line of its own, never a guess. */
public final class PreflightGatherer {
    private static final String SERVICES_KEY = "SYSTEM\\CurrentControlSet\\Services\\";
    private static final String APPLOCKER = "SOFTWARE\\Policies\\Microsoft\\Windows\\SrpV2";
    private static final String CODE_INTEGRITY = "SYSTEM\\CurrentControlSet\\Control\\CI\\Policy";

    /** How accounts of other products that confine agents begin. */
    private static final List<String> FOREIGN = List.of("codexsandbox", "mxc", "claudesandbox", "sandboxuser");

    private final Registry registry;
    private final ServiceDatabase services;
    private final AccountDatabase accounts;
    private final List<String> unknown = new ArrayList<>();

    public PreflightGatherer(Registry registry, ServiceDatabase services, AccountDatabase accounts) {
        this.registry = registry;
        this.services = services;
        this.accounts = accounts;
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    public PreflightFacts gather() throws IOException {
        unknown.clear();
        WindowsVersion version = WindowsVersion.read(registry);
        int lockout =
                orElse("the account lockout policy", 0, () -> accounts.lockout().threshold());
        return new PreflightFacts(
                version.productType(),
                version.build(),
                orElse("which services run", Set.<String>of(), this::running),
                lockout,
                orElse("who may log on as a batch job", Set.<Sid>of(), () -> accounts.holders("SeBatchLogonRight")),
                orElse(
                        "who may not log on as a batch job",
                        Set.<Sid>of(),
                        () -> accounts.holders("SeDenyBatchLogonRight")),
                orElse("the sandbox accounts", Optional.<Set<Sid>>empty(), this::sandbox),
                orElse("accounts of other products", List.<String>of(), this::foreign),
                orElse("application control", List.<String>of(), this::applicationControl),
                orElse("whether WSL is installed", true, this::wsl),
                unknown);
    }

    private <T> T orElse(String what, T otherwise, Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            unknown.add(what + ": " + e.getMessage());
            return otherwise;
        }
    }

    private Set<String> running() throws IOException {
        Set<String> running = new HashSet<>();
        for (String name : Preflight.SERVICES) {
            if (services.state(name).equals(Optional.of(ServiceStatus.State.RUNNING))) {
                running.add(name);
            }
        }
        return running;
    }

    private Optional<Set<Sid>> sandbox() throws IOException {
        Set<Sid> sids = new HashSet<>();
        for (SandboxAccount each : SandboxAccount.values()) {
            accounts.user(each.accountName()).ifPresent(user -> sids.add(user.sid()));
        }
        accounts.group(SandboxAccount.GROUP).ifPresent(group -> sids.add(group.sid()));
        return sids.isEmpty() ? Optional.empty() : Optional.of(sids);
    }

    private List<String> foreign() throws IOException {
        return accounts.userNames().stream()
                .filter(name -> FOREIGN.stream().anyMatch(name.toLowerCase(java.util.Locale.ROOT)::startsWith))
                .sorted()
                .toList();
    }

    private List<String> applicationControl() throws IOException {
        List<String> found = new ArrayList<>();
        for (String collection : registry.keys(APPLOCKER)) {
            if (registry.number(APPLOCKER + "\\" + collection, "EnforcementMode")
                    .equals(Optional.of(1))) {
                found.add("AppLocker " + collection);
            }
        }
        if (registry.number(CODE_INTEGRITY, "VerifiedAndReputablePolicyState").orElse(0) != 0) {
            found.add("Smart App Control");
        }
        return found;
    }

    private boolean wsl() throws IOException {
        return registry.exists(SERVICES_KEY + "LxssManager") || registry.exists(SERVICES_KEY + "WslService");
    }
}
