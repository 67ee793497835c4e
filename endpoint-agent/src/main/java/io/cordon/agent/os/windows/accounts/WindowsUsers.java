package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.Caller;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.SandboxUsers;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * On whose behalf a command runs: the caller itself, with the profile that {@code ~} stands for. A confined process is no
 * developer: it must not start further runs. Neither is a service: it has no profile to protect and could impersonate anybody.
 */
public final class WindowsUsers implements SandboxUsers {
    /** How long a name is believed, since a lookup may go to a domain controller. */
    private static final Duration BELIEVED = Duration.ofMinutes(5);

    /** LocalSystem, LocalService, NetworkService. */
    private static final Set<Sid> SERVICES = Set.of(Sid.LOCAL_SYSTEM, Sid.parse("S-1-5-19"), Sid.parse("S-1-5-20"));

    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z]:\\\\[^\\\\].*");

    private final DeveloperAccounts accounts;
    private final Supplier<SandboxSids> sandbox;
    private final InstantSource clock;
    private final Map<Sid, Remembered> remembered = new ConcurrentHashMap<>();

    private record Remembered(String name, String home, Instant until) {}

    /** @param sandbox the accounts as they are now */
    public WindowsUsers(DeveloperAccounts accounts, Supplier<SandboxSids> sandbox, InstantSource clock) {
        this.accounts = accounts;
        this.sandbox = sandbox;
        this.clock = clock;
    }

    @Override
    public Lookup principalFor(Caller caller) {
        Sid sid = Sid.parse(caller.account().windows().sid());
        Set<Sid> groups = caller.account().windows().groups().stream()
                .map(Sid::parse)
                .collect(java.util.stream.Collectors.toSet());
        if (sandbox.get().holds(sid, groups)) {
            return new Lookup.Unknown(sid + " is a sandbox account; a confined command cannot start others");
        }
        if (SERVICES.contains(sid)) {
            return new Lookup.Unknown(
                    sid + " is the account of services; Cordon runs commands only for people's accounts");
        }
        try {
            Remembered known = remembered.get(sid);
            if (known == null || !clock.instant().isBefore(known.until())) {
                Optional<DeveloperAccounts.Named> named = accounts.lookup(sid);
                if (named.isEmpty()) {
                    return new Lookup.Unknown(
                            sid + " has no account on this machine; Cordon runs commands only for known users");
                }
                String name = display(named.get());
                String home = accounts.profile(sid).orElse("");
                if (!ABSOLUTE.matcher(home).matches()) {
                    return new Lookup.Unknown("user " + name + " has no profile folder (found: \"" + home
                            + "\", expected: a path on a drive)");
                }
                known = new Remembered(name, home, clock.instant().plus(BELIEVED));
                remembered.put(sid, known);
            }
            return new Lookup.Known(new Principal(known.name(), caller.account(), known.home()));
        } catch (IOException e) {
            return new Lookup.Unknown(sid + " cannot be looked up: " + e.getMessage());
        }
    }

    /** Local names stand alone, as people type them. */
    private String display(DeveloperAccounts.Named named) throws IOException {
        return named.domain().equalsIgnoreCase(accounts.computer())
                ? named.name()
                : named.domain() + "\\" + named.name();
    }
}
