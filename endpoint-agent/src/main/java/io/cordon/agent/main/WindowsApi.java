package io.cordon.agent.main;

import io.cordon.agent.os.windows.Registry;
import io.cordon.agent.os.windows.access.SecuredFiles;
import io.cordon.agent.os.windows.accounts.AccountDatabase;
import io.cordon.agent.os.windows.fence.FilterEngine;
import io.cordon.agent.os.windows.fence.FirewallRules;
import io.cordon.agent.os.windows.service.DataProtection;
import io.cordon.agent.os.windows.service.FileSecurity;
import io.cordon.agent.os.windows.service.ServiceControl;
import io.cordon.agent.os.windows.service.ServiceDatabase;
import io.cordon.agent.os.windows.service.ServiceReports;
import io.cordon.agent.os.windows.service.ThisProcess;
import io.cordon.agent.os.windows.win32.FilePrivileges;
import io.cordon.agent.os.windows.win32.NativeAccounts;
import io.cordon.agent.os.windows.win32.NativeDataProtection;
import io.cordon.agent.os.windows.win32.NativeEventLog;
import io.cordon.agent.os.windows.win32.NativeFileSecurity;
import io.cordon.agent.os.windows.win32.NativeFilterEngine;
import io.cordon.agent.os.windows.win32.NativeFirewallRules;
import io.cordon.agent.os.windows.win32.NativeRegistry;
import io.cordon.agent.os.windows.win32.NativeSecuredFiles;
import io.cordon.agent.os.windows.win32.NativeServiceControl;
import io.cordon.agent.os.windows.win32.NativeServices;
import io.cordon.agent.os.windows.win32.NativeSystem;
import java.io.IOException;
import java.util.function.Function;

/**
 * What {@link WindowsMachine} needs of Windows, so that it runs on a fake too.
 *
 * @param protection for a process that runs as the service's account, or not
 */
record WindowsApi(
        ThisProcess process,
        Registry registry,
        FileSecurity files,
        Function<Boolean, DataProtection> protection,
        ServiceDatabase services,
        ServiceControl control,
        ServiceReports events,
        AccountDatabase accounts,
        Boundary boundary) {
    /** What keeps files and network closed. */
    interface Boundary {
        SecuredFiles files();

        FilterEngine filters();

        FirewallRules firewall();

        /** Turns on what changing foreign entries and owners takes. */
        void enablePrivileges() throws IOException;

        /** Removes a folder with everything in it, and nothing that links in it lead to. */
        void removeTree(String path) throws IOException;
    }

    private static final class NativeBoundary implements Boundary {
        @Override
        public SecuredFiles files() {
            return new NativeSecuredFiles();
        }

        @Override
        public FilterEngine filters() {
            return new NativeFilterEngine();
        }

        @Override
        public FirewallRules firewall() {
            return new NativeFirewallRules();
        }

        @Override
        public void enablePrivileges() throws IOException {
            FilePrivileges.enable();
        }

        @Override
        public void removeTree(String path) throws IOException {
            new NativeSecuredFiles().removeTree(path);
        }
    }

    /** Windows itself; nothing is loaded before it is used. */
    static WindowsApi real() {
        NativeEventLog events = new NativeEventLog();
        return new WindowsApi(
                new NativeSystem(),
                new NativeRegistry(),
                new NativeFileSecurity(),
                NativeDataProtection::new,
                new NativeServices(),
                new NativeServiceControl(events),
                events,
                new NativeAccounts(),
                new NativeBoundary());
    }
}
