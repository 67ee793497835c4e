package io.cordon.deploy.quickstart;

/** The progress lines of the quick start: one for each step, with its duration, on standard error. */
final class Steps {
    /** The work of a step. */
    @FunctionalInterface
    interface Work<T> {
        T perform() throws QuickstartException, InterruptedException;
    }

    <T> T step(String title, Work<T> work) throws QuickstartException, InterruptedException {
        long began = System.nanoTime();
        System.err.println("==> " + title);
        T result = work.perform();
        System.err.printf("    done in %.1f s%n", (System.nanoTime() - began) / 1e9);
        return result;
    }

    void note(String text) {
        System.err.println("    " + text);
    }
}
