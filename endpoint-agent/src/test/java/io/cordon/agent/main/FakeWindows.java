package io.cordon.agent.main;

import io.cordon.agent.os.windows.MemoryRegistry;
import io.cordon.agent.os.windows.RegistryValue.Text;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles;
import io.cordon.agent.os.windows.accounts.MemoryAccounts;
import io.cordon.agent.os.windows.fence.FilterChanges;
import io.cordon.agent.os.windows.fence.FilterEngine;
import io.cordon.agent.os.windows.fence.FirewallRule;
import io.cordon.agent.os.windows.fence.FirewallRules;
import io.cordon.agent.os.windows.fence.ModifyState;
import io.cordon.agent.os.windows.service.DataProtection;
import io.cordon.agent.os.windows.service.EventKind;
import io.cordon.agent.os.windows.service.MemoryFiles;
import io.cordon.agent.os.windows.service.MemoryServices;
import io.cordon.agent.os.windows.service.ServiceReports;
import io.cordon.agent.os.windows.service.ServiceStatus;
import io.cordon.agent.os.windows.service.ThisProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Windows in memory. */
final class FakeWindows implements ThisProcess, ServiceReports {
    final MemoryRegistry registry = new MemoryRegistry()
            .with("SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "CurrentBuildNumber", new Text("22631"))
            .with("SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "ProductName", new Text("Windows 10 Pro"))
            .with("SYSTEM\\CurrentControlSet\\Control\\ProductOptions", "ProductType", new Text("WinNT"))
            .with("SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters", "Hostname", new Text("desk-1.corp"))
            .with("SOFTWARE\\Microsoft\\Cryptography", "MachineGuid", new Text("0a1b2c3d-0000-1111-2222-333344445555"));
    final MemoryServices services = new MemoryServices();
    final MemoryAccounts accounts = new MemoryAccounts();
    final List<String> events = new ArrayList<>();
    private final Path programData;
    boolean administrator = true;
    boolean asService;
    boolean managed;
    int lastExitCode = -1;

    FakeWindows(Path programData) {
        this.programData = programData;
    }

    WindowsApi api() {
        return new WindowsApi(
                this,
                registry,
                new MemoryFiles(),
                Plain::new,
                services,
                (name, program) -> {
                    if (managed) {
                        program.main(this);
                    }
                    return managed;
                },
                this,
                accounts,
                new Nothing());
    }

    /** No entry was ever written, and nothing stands in the way of packets. */
    private static final class Nothing implements WindowsApi.Boundary, SecuredFiles, FilterEngine, FirewallRules {
        @Override
        public SecuredFiles files() {
            return this;
        }

        @Override
        public FilterEngine filters() {
            return this;
        }

        @Override
        public FirewallRules firewall() {
            return this;
        }

        @Override
        public void enablePrivileges() {
            // What there is may be done.
        }

        @Override
        public void removeTree(String path) {
            if (Files.exists(Path.of(path))) {
                throw new IllegalStateException(path + " exists (expected: no run was ever started)");
            }
        }

        @Override
        public Optional<SecuredFile> open(String path) {
            return Optional.empty();
        }

        @Override
        public Optional<SecuredFile> openById(FileId id, String hint) {
            return Optional.empty();
        }

        @Override
        public boolean isThere(long volume, String path) {
            return true;
        }

        @Override
        public Installed installed() {
            return new Installed(Optional.empty(), Optional.empty(), List.of(), Set.of());
        }

        @Override
        public void apply(FilterChanges changes) {
            if (!changes.isEmpty()) {
                throw new IllegalStateException("filters are written: " + changes);
            }
        }

        @Override
        public ModifyState modifyState() {
            return new ModifyState(0, 0);
        }

        @Override
        public List<Found> rules() {
            return List.of();
        }

        @Override
        public void put(FirewallRule rule) {
            throw new IllegalStateException("a rule is written: " + rule);
        }

        @Override
        public void remove(String name) {
            throw new IllegalStateException("a rule is removed: " + name);
        }
    }

    /** Seals nothing, so that a test sees what was written. */
    private record Plain(boolean asService) implements DataProtection {
        @Override
        public byte[] seal(byte[] plain, byte[] purpose) {
            return plain.clone();
        }

        @Override
        public byte[] open(byte[] sealed, byte[] purpose) {
            return sealed.clone();
        }
    }

    @Override
    public Sid user() {
        return asService ? Sid.LOCAL_SYSTEM : Sid.parse("S-1-5-21-1-2-3-500");
    }

    @Override
    public boolean administrator() {
        return administrator;
    }

    @Override
    public Path programData() {
        return programData;
    }

    @Override
    public void status(ServiceStatus status) {
        lastExitCode = status.exitCode();
    }

    @Override
    public void event(EventKind kind, String text) {
        events.add(kind + " " + text);
    }
}
