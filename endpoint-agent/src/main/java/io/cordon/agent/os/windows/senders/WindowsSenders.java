package io.cordon.agent.os.windows.senders;

import io.cordon.agent.os.Sender;
import io.cordon.agent.os.SenderIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Senders from the connection table. Numbers of processes are used again, so one counts only if it is held, is older than its
 * connection, and the table still names it while it is held. A socket can be handed to another process; its maker is who is told.
 */
public final class WindowsSenders implements SenderIdentity {
    private static final int PATIENCE_MILLIS = 2000;

    private final Connections connections;
    private final Processes processes;

    public WindowsSenders(Connections connections, Processes processes) {
        this.connections = connections;
        this.processes = processes;
    }

    @Override
    public Lookup of(InetSocketAddress peer, InetSocketAddress here) {
        try {
            Optional<Connections.End> end = connections.find(peer, here);
            if (end.isEmpty()) {
                return new Lookup.Unknown("no socket of this machine has the address " + peer);
            }
            Optional<Processes.Held> found = processes.open(end.get().pid());
            if (found.isEmpty()) {
                return new Lookup.Unknown("process " + end.get().pid() + " cannot be looked at, or is gone");
            }
            try (Processes.Held process = found.get()) {
                String doubt = doubt(end.get(), process, peer, here);
                return doubt == null
                        ? new Lookup.Known(new Sender(
                                process.user().toString(), facts(end.get().pid(), process)))
                        : new Lookup.Unknown(doubt);
            }
        } catch (IOException e) {
            return new Lookup.Unknown("the connections of this machine cannot be read: " + e.getMessage());
        }
    }

    /** Why the process that is held may not be the one that made the connection; null when it must be. */
    private @Nullable String doubt(
            Connections.End end, Processes.Held process, InetSocketAddress peer, InetSocketAddress here)
            throws IOException {
        if (end.created() == 0) {
            return "this system does not say when a connection was made, so process " + end.pid()
                    + " could be a later one of the same number";
        }
        if (process.created() > end.created()) {
            return "process " + end.pid() + " is younger than the connection: another one had its number";
        }
        return connections.find(peer, here).equals(Optional.of(end)) ? null : "the connection ended meanwhile";
    }

    private Sender.Process facts(long pid, Processes.Held process) throws IOException {
        return new Sender.Process(pid, process.created(), process.image(), lineage(pid));
    }

    @Override
    public List<Long> lineage(long pid) {
        List<Long> lineage = new ArrayList<>();
        long next = pid;
        long youngest = Long.MAX_VALUE;
        while (next != 0 && lineage.size() < MAX_LINEAGE && !lineage.contains(next)) {
            try (Processes.Held process = processes.open(next).orElse(null)) {
                // A parent that is younger than its child only has the number of the one that is gone.
                if (process == null || process.created() > youngest) {
                    break;
                }
                youngest = process.created();
                lineage.add(next);
                next = process.parent();
            } catch (IOException e) {
                break;
            }
        }
        return List.copyOf(lineage);
    }

    /** Tries it on a connection of this process's own. */
    @Override
    public @Nullable String problem() {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                Socket client = new Socket()) {
            client.connect(server.getLocalSocketAddress(), PATIENCE_MILLIS);
            server.setSoTimeout(PATIENCE_MILLIS);
            try (Socket accepted = server.accept()) {
                Lookup self = of((InetSocketAddress) accepted.getRemoteSocketAddress(), (InetSocketAddress)
                        accepted.getLocalSocketAddress());
                return self instanceof Lookup.Unknown unknown ? unknown.reason() : stranger((Lookup.Known) self);
            }
        } catch (IOException e) {
            return "a connection to this process itself cannot be made: " + e.getMessage();
        }
    }

    private static @Nullable String stranger(Lookup.Known self) {
        long own = ProcessHandle.current().pid();
        Sender.Process process = self.sender().process();
        return process != null && process.pid() == own
                ? null
                : "a connection of this process is told to be another's: " + process;
    }
}
