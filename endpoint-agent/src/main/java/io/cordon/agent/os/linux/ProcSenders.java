package io.cordon.agent.os.linux;

import io.cordon.agent.os.Sender;
import io.cordon.agent.os.SenderIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Senders from {@code /proc}: the socket's row names the account and its inode, and the process is one that has a descriptor of
 * that inode. Connections out of a run's network namespace arrive through that run's relay, which is then the process.
 */
public final class ProcSenders implements SenderIdentity {
    private static final int MAX_ROWS = 100_000;
    private static final int MAX_PROCESSES = 20_000;
    private static final int MAX_DESCRIPTORS = 4096;
    private static final int REMEMBERED = 64;
    /** Fields of {@code /proc/PID/stat} behind the name in brackets: state is 0, so the manual's number less 3. */
    private static final int PARENT = 1;

    private static final int START_TIME = 19;

    private final Path proc;
    /** The last senders by inode: a connection sends more than once, and its owner need not be looked for again. */
    private final Map<Long, Long> owners = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    public ProcSenders() {
        this(Path.of("/proc"));
    }

    ProcSenders(Path proc) {
        this.proc = proc;
    }

    @Override
    public Lookup of(InetSocketAddress peer, InetSocketAddress here) {
        try {
            Optional<ProcNetTcp.Row> row = row("net/tcp", peer, here).or(() -> row("net/tcp6", peer, here));
            if (row.isEmpty()) {
                return new Lookup.Unknown("no socket of this machine has the address " + peer);
            }
            OptionalLong pid = holder(row.get());
            return new Lookup.Known(
                    new Sender(Long.toString(row.get().uid()), pid.isPresent() ? process(pid.getAsLong()) : null));
        } catch (UncheckedIOException e) {
            return new Lookup.Unknown("the sockets of this machine cannot be read: " + e.getMessage());
        }
    }

    private Optional<ProcNetTcp.Row> row(String table, InetSocketAddress peer, InetSocketAddress here) {
        Path file = proc.resolve(table);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            return ProcNetTcp.find(lines.lines().limit(MAX_ROWS), peer, here);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OptionalLong holder(ProcNetTcp.Row row) {
        String link = "socket:[" + row.inode() + "]";
        synchronized (owners) {
            Long known = owners.get(row.inode());
            if (known != null && holds(proc.resolve(known.toString()), link)) {
                return OptionalLong.of(known);
            }
        }
        OptionalLong found = search(row.uid(), link, true);
        if (found.isEmpty()) {
            // What may not be dumped belongs to root here, whoever runs it.
            found = search(row.uid(), link, false);
        }
        if (found.isPresent()) {
            synchronized (owners) {
                owners.put(row.inode(), found.getAsLong());
            }
        }
        return found;
    }

    private OptionalLong search(long uid, String link, boolean ofUser) {
        int left = MAX_PROCESSES;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (left-- == 0) {
                    break;
                }
                if ((owner(process) == uid) == ofUser && holds(process, link)) {
                    return OptionalLong.of(Long.parseLong(String.valueOf(process.getFileName())));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    private static long owner(Path process) {
        try {
            Object uid = Files.getAttribute(process, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return uid instanceof Integer number ? Integer.toUnsignedLong(number) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private static boolean holds(Path process, String link) {
        int left = MAX_DESCRIPTORS;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (left-- == 0) {
                    return false;
                }
                if (link.equals(target(descriptor))) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Ended while it was looked at.
            return false;
        }
        return false;
    }

    private static @Nullable String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return null;
        }
    }

    private Sender.@Nullable Process process(long pid) {
        String[] stat = stat(pid);
        if (stat == null) {
            return null;
        }
        String executable = target(proc.resolve(Long.toString(pid)).resolve("exe"));
        return new Sender.Process(
                pid, Long.parseLong(stat[START_TIME]), executable == null ? "" : executable, lineage(pid));
    }

    @Override
    public List<Long> lineage(long pid) {
        List<Long> lineage = new ArrayList<>();
        long next = pid;
        while (next > 0 && lineage.size() < MAX_LINEAGE) {
            String[] stat = stat(next);
            if (stat == null) {
                break;
            }
            lineage.add(next);
            next = Long.parseLong(stat[PARENT]);
        }
        return List.copyOf(lineage);
    }

    private String @Nullable [] stat(long pid) {
        try {
            String text =
                    Files.readString(proc.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name may hold blanks and brackets, so it ends at the last one.
            String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
            return fields.length > START_TIME ? fields : null;
        } catch (IOException e) {
            return null;
        }
    }
}
