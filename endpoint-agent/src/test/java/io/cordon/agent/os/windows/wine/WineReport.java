package io.cordon.agent.os.windows.wine;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Counts what a run under Wine showed, what it could not show, and what failed. */
final class WineReport implements TestExecutionListener {
    private static final TestTag NOT_SHOWN = TestTag.create(NotShownUnderWine.TAG);

    private final PrintStream out;
    private final List<String> notShown = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private int passed;

    WineReport(PrintStream out) {
        this.out = out;
    }

    /** Before it runs, so that a crash of the whole JVM names its cause. */
    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            out.println("wine: " + name(test));
        }
    }

    /** A skipped test shows nothing: it counts as failed. */
    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        failed.add(name(test) + ": skipped: " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean good = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        String cause = result.getThrowable().map(WineReport::firstLine).orElse("no reason given");
        if (test.isTest() && test.getTags().contains(NOT_SHOWN)) {
            probed(test, good, result.getStatus(), cause);
        } else if (!good) {
            failed.add(name(test) + ": " + cause);
            result.getThrowable().ifPresent(thrown -> thrown.printStackTrace(out));
        } else if (test.isTest()) {
            passed++;
        }
    }

    private void probed(TestIdentifier test, boolean good, TestExecutionResult.Status status, String cause) {
        if (good) {
            failed.add(name(test) + ": listed as not shown under Wine, and Wine shows it (expected: @Tag(\"wine\"))");
        } else if (status == TestExecutionResult.Status.ABORTED || isBroken(cause)) {
            failed.add(name(test) + ": does not try what it is about: " + cause);
        } else {
            notShown.add(name(test) + ": " + reason(test) + " (" + cause + ")");
        }
    }

    /** A probe that cannot even be linked would fail on Windows too. */
    private static boolean isBroken(String cause) {
        return cause.startsWith("java.lang.NoClassDefFoundError")
                || cause.startsWith("java.lang.NoSuchMethodError")
                || cause.startsWith("java.lang.ExceptionInInitializerError")
                || cause.startsWith("org.junit.jupiter.api.extension.");
    }

    /** Prints the result; true if nothing failed and something passed. */
    boolean conclude() {
        failed.forEach(each -> out.println("wine: FAILED " + each));
        if (passed == 0) {
            out.println("wine: FAILED no test passed (expected: tests tagged " + WineTests.TAG + ")");
        }
        out.println("wine: " + passed + " passed, " + notShown.size() + " not shown");
        notShown.forEach(each -> out.println("not shown under Wine: " + each));
        return failed.isEmpty() && passed > 0;
    }

    private static String name(TestIdentifier test) {
        return test.getSource()
                .map(source -> {
                    if (source instanceof MethodSource method) {
                        String type = method.getClassName();
                        String name = type.substring(type.lastIndexOf('.') + 1) + "." + method.getMethodName();
                        // An invocation of a parameterized test shares its method with others.
                        return test.getDisplayName().startsWith("[") ? name + test.getDisplayName() : name;
                    }
                    return source instanceof ClassSource type ? type.getClassName() : test.getDisplayName();
                })
                .orElse(test.getDisplayName());
    }

    private static String reason(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .flatMap(source -> annotation((MethodSource) source))
                .map(NotShownUnderWine::value)
                .orElse(test.getDisplayName());
    }

    private static Optional<NotShownUnderWine> annotation(MethodSource source) {
        return AnnotationSupport.findAnnotation(source.getJavaMethod(), NotShownUnderWine.class);
    }

    private static String firstLine(Throwable thrown) {
        return thrown.toString().lines().findFirst().orElse("").strip();
    }
}
