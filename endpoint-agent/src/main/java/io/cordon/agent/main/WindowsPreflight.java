package io.cordon.agent.main;

import io.cordon.agent.os.windows.service.Finding;
import io.cordon.agent.os.windows.service.Preflight;
import io.cordon.agent.os.windows.service.PreflightFacts;
import io.cordon.agent.os.windows.service.PreflightGatherer;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The look at the machine that every start begins with: what is found goes to the log, and where it refuses nothing is confined. */
final class WindowsPreflight {
    private static final Logger LOG = Logger.getLogger(WindowsPreflight.class.getName());

    private final WindowsApi windows;

    WindowsPreflight(WindowsApi windows) {
        this.windows = windows;
    }

    List<Finding> findings() throws IOException {
        return Preflight.judge(facts());
    }

    private PreflightFacts facts() throws IOException {
        return new PreflightGatherer(windows.registry(), windows.services(), windows.accounts()).gather();
    }

    /** Before anything is made; what making the accounts puts right does not count. */
    @Nullable
    String refusalBeforeAccounts() throws IOException {
        return refusal(Preflight.judge(facts().withoutAccounts()));
    }

    /** Once the accounts are there. Logs what administrators should know. */
    @Nullable
    String refusalWithAccounts() throws IOException {
        List<Finding> findings = findings();
        findings.stream()
                .filter(each -> each.weight() == Finding.Weight.NOTICE)
                .forEach(each ->
                        LOG.log(Level.WARNING, "preflight: {0}: {1}", new Object[] {each.subject(), each.text()}));
        return refusal(findings);
    }

    private static @Nullable String refusal(List<Finding> findings) {
        if (!Preflight.refused(findings)) {
            return null;
        }
        String refusal = findings.stream()
                .filter(each -> each.weight() == Finding.Weight.REFUSED)
                .map(each -> each.subject() + ": " + each.text())
                .collect(Collectors.joining("; "));
        LOG.log(Level.SEVERE, "preflight: nothing is confined here, so nothing is run: {0}", refusal);
        return refusal + ". Then restart the service CordonAgent";
    }
}
