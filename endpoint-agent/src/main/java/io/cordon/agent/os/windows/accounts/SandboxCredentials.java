package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.windows.SandboxAccount;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one owner of the accounts' passwords: set anew when the service starts, held in this object only, lent to single logon
 * calls, wiped at the end. A restart makes the old ones worthless, so nothing has to be kept on disk.
 */
public final class SandboxCredentials implements SandboxLogons, AutoCloseable {
    static final int ERROR_LOGON_FAILURE = 1326;

    private static final String NOT_YET =
            "the network fence is not in place yet; nothing starts before. Try again, and see \"cordon status\"";

    private final AccountDatabase accounts;
    private final LockoutPolicy lockout;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<SandboxAccount, Held> held = new EnumMap<>(SandboxAccount.class);
    private volatile String closed = NOT_YET;

    /** One account; every use holds its monitor. */
    private static final class Held {
        char[] password = new char[0];
        int sessions;
        final Deque<Instant> failures = new ArrayDeque<>();
    }

    /** Nothing can log on before {@link #renewAll} and {@link #enable}. */
    public SandboxCredentials(
            AccountDatabase accounts, LockoutPolicy lockout, SecureRandom random, InstantSource clock) {
        this.accounts = accounts;
        this.lockout = lockout;
        this.random = random;
        this.clock = clock;
        for (SandboxAccount each : SandboxAccount.values()) {
            held.put(each, new Held());
        }
    }

    private Held of(SandboxAccount account) {
        return java.util.Objects.requireNonNull(held.get(account));
    }

    /**
     * Disables every account and gives it a new password: the first thing at each start, before the fence is looked at.
     *
     * @throws IllegalStateException when a session is open
     */
    public void renewAll() throws IOException {
        disable(NOT_YET);
        for (SandboxAccount each : SandboxAccount.values()) {
            Held account = of(each);
            synchronized (account) {
                if (account.sessions > 0) {
                    throw new IllegalStateException(each.accountName() + ": " + account.sessions
                            + " sessions open (expected: none when its password changes)");
                }
                renew(each, account);
            }
        }
    }

    private void renew(SandboxAccount name, Held account) throws IOException {
        char[] fresh = Passwords.random(random);
        boolean set = false;
        try {
            accounts.setPassword(name.accountName(), fresh);
            set = true;
        } finally {
            Arrays.fill(account.password, '\0');
            account.password = set ? fresh : new char[0];
            if (!set) {
                Arrays.fill(fresh, '\0');
            }
        }
    }

    /** The fence is in place: accounts may be used from now on. */
    public void enable() throws IOException {
        for (SandboxAccount each : SandboxAccount.values()) {
            accounts.setFlags(each.accountName(), WantedAccounts.flags(true));
        }
        closed = "";
    }

    /**
     * The fence is not in place, or is being repaired: refuses logons at once, and disables the accounts so that nobody else
     * can use them either.
     *
     * @param reason for those who are refused
     */
    public void disable(String reason) throws IOException {
        closed = reason.isBlank() ? NOT_YET : reason;
        IOException failed = null;
        for (SandboxAccount each : SandboxAccount.values()) {
            try {
                accounts.setFlags(each.accountName(), WantedAccounts.flags(false));
            } catch (IOException e) {
                // The others are no safer for it.
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public <T> Outcome<T> logon(SandboxAccount name, Call<T> call) {
        Held account = of(name);
        synchronized (account) {
            if (!closed.isEmpty()) {
                return new Outcome.Refused<>(closed);
            }
            Instant now = clock.instant();
            while (!account.failures.isEmpty()
                    && !account.failures.getFirst().plus(lockout.span()).isAfter(now)) {
                account.failures.removeFirst();
            }
            if (account.failures.size() >= lockout.attempts()) {
                return new Outcome.Refused<>(name.accountName() + ": the last " + account.failures.size()
                        + " logons failed; to keep Windows from locking it out, the next is tried after "
                        + account.failures.getFirst().plus(lockout.span()));
            }
            char[] lent = account.password.clone();
            try {
                Attempt<T> attempt = call.logonUser(name.accountName(), lent);
                return attempt instanceof Attempt.Succeeded<T> succeeded
                        ? new Outcome.LoggedOn<>(succeeded.token(), open(account))
                        : failed(name, account, ((Attempt.Failed<T>) attempt).error(), now);
            } finally {
                Arrays.fill(lent, '\0');
            }
        }
    }

    private static Session open(Held account) {
        account.failures.clear();
        account.sessions++;
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                synchronized (account) {
                    account.sessions--;
                }
            }
        };
    }

    private <T> Outcome<T> failed(SandboxAccount name, Held account, int error, Instant now) {
        account.failures.addLast(now);
        String said = name.accountName() + ": logon failed, " + LogonErrors.explain(error);
        if (error != ERROR_LOGON_FAILURE) {
            return new Outcome.Refused<>(said);
        }
        if (account.sessions > 0) {
            return new Outcome.Refused<>(
                    said + ". It is set anew once its " + account.sessions + " running commands ended");
        }
        try {
            renew(name, account);
            return new Outcome.Refused<>(said + ". It was set anew: run the command again");
        } catch (IOException e) {
            return new Outcome.Refused<>(said + ". It cannot be set anew: " + e.getMessage());
        }
    }

    /** Wipes all passwords; the accounts stay as they are, usable by nobody. */
    @Override
    public void close() {
        closed = "the service is stopping";
        for (Held each : held.values()) {
            synchronized (each) {
                Arrays.fill(each.password, '\0');
            }
        }
    }
}
