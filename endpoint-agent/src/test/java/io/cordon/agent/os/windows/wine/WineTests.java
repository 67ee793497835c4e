package io.cordon.agent.os.windows.wine;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs what is tagged {@code wine} or {@code wine-not-shown} in a JVM for Windows; {@code deploy/windows/wine/run} starts it. Arguments:
 * the package, or single classes, to look in.
 */
public final class WineTests {
    static final String TAG = "wine";

    /** On the classes that the tests of this runner itself run. */
    static final String SUBJECT = "subject";

    private static final Map<String, String> SETTINGS = Map.of(
            "junit.jupiter.execution.timeout.default",
            "300 s",
            "junit.jupiter.execution.timeout.threaddump.enabled",
            "true");

    private WineTests() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        WineReport report = new WineReport(out);
        LauncherFactory.create().execute(request(arguments), report);
        // Not a return: a thread that a failed test left behind must not hold the run.
        System.exit(report.conclude() ? 0 : 1);
    }

    private static LauncherDiscoveryRequest request(String[] arguments) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameters(SETTINGS)
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .filters(TagFilter.includeTags(TAG, NotShownUnderWine.TAG), TagFilter.excludeTags(SUBJECT));
        for (String each : arguments) {
            request.selectors(
                    each.matches(".*\\.[A-Z]\\w*")
                            ? DiscoverySelectors.selectClass(each)
                            : DiscoverySelectors.selectPackage(each));
        }
        return request.build();
    }
}
