package io.cordon.agent.os.linux;

import io.cordon.agent.os.Caller;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.SandboxUsers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs are the caller's own user. The account comes from the passwd file, or through the name service (directory users) by
 * {@code getent}; ids and groups are the attested ones of the caller, not what the account would get at its next login.
 */
public final class PasswdUsers implements SandboxUsers {
    /** How long an account from the name service is believed, in nanoseconds. */
    private static final long BELIEVED = TimeUnit.MINUTES.toNanos(5);

    private static final int GETENT_SECONDS = 5;

    private final Path passwd;
    private final List<String> getent;
    private final Map<Integer, Remembered> remembered = new ConcurrentHashMap<>();

    private record Login(String name, String home) {}

    private record Remembered(Login account, long at) {}

    private record PasswdFile(long stamp, Map<Integer, Login> accounts) {}

    private volatile PasswdFile local = new PasswdFile(-1, Map.of());

    public PasswdUsers() {
        this(Path.of("/etc/passwd"), List.of("getent", "passwd"));
    }

    PasswdUsers(Path passwd, List<String> getent) {
        this.passwd = passwd;
        this.getent = List.copyOf(getent);
    }

    @Override
    public Lookup principalFor(Caller caller) {
        int uid = caller.account().posix().uid();
        try {
            Login account = localAccounts().get(uid);
            if (account == null) {
                account = fromNameService(uid).orElse(null);
            }
            if (account == null) {
                return new Lookup.Unknown("user id " + uid
                        + " has no account on this machine; Cordon runs commands only for known users");
            }
            if (!account.home().startsWith("/")) {
                return new Lookup.Unknown("user " + account.name() + " has no home directory");
            }
            return new Lookup.Known(new Principal(account.name(), caller.account(), account.home()));
        } catch (IOException e) {
            return new Lookup.Unknown("user id " + uid + " cannot be looked up: " + e.getMessage());
        }
    }

    private Map<Integer, Login> localAccounts() throws IOException {
        long stamp = Files.getLastModifiedTime(passwd).toMillis() ^ Files.size(passwd) << 44;
        PasswdFile known = local;
        if (known.stamp() != stamp) {
            Map<Integer, Login> accounts = new ConcurrentHashMap<>();
            for (String line : Files.readAllLines(passwd, StandardCharsets.ISO_8859_1)) {
                parse(line).ifPresent(entry -> accounts.putIfAbsent(entry.uid(), entry.account()));
            }
            known = new PasswdFile(stamp, accounts);
            local = known;
        }
        return known.accounts();
    }

    private record Entry(int uid, Login account) {}

    private static Optional<Entry> parse(String line) {
        String[] fields = line.split(":", -1);
        if (fields.length < 7 || fields[0].isEmpty() || !fields[2].matches("\\d{1,9}")) {
            return Optional.empty();
        }
        String home = fields[5].length() > 1 && fields[5].endsWith("/")
                ? fields[5].substring(0, fields[5].length() - 1)
                : fields[5];
        return Optional.of(new Entry(Integer.parseInt(fields[2]), new Login(fields[0], home)));
    }

    private Optional<Login> fromNameService(int uid) throws IOException {
        Remembered known = remembered.get(uid);
        if (known != null && System.nanoTime() - known.at() < BELIEVED) {
            return Optional.of(known.account());
        }
        String line = ask(uid);
        Optional<Login> found = parse(line).filter(entry -> entry.uid() == uid).map(Entry::account);
        found.ifPresent(account -> remembered.put(uid, new Remembered(account, System.nanoTime())));
        return found;
    }

    private String ask(int uid) throws IOException {
        List<String> command = new java.util.ArrayList<>(getent);
        command.add(Integer.toString(uid));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(GETENT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the name service did not answer in " + GETENT_SECONDS + " s");
            }
            return new String(process.getInputStream().readNBytes(4096), StandardCharsets.ISO_8859_1).strip();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
