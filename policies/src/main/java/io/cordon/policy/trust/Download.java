package io.cordon.policy.trust;

/** Reads from the repository with the bound enforced here too, whatever the fetcher does. */
final class Download {
    private Download() {}

    /** At most so many bytes; more is a refusal, not a failure of the network. */
    static byte[] bounded(Fetcher fetcher, String path, long maxLength, String step)
            throws FetchException, RejectedException {
        int bound = (int) Math.min(maxLength, Integer.MAX_VALUE - 16);
        byte[] bytes;
        try {
            bytes = fetcher.fetch(path, bound);
        } catch (FetchException.TooLarge e) {
            throw tooLarge(path, "more", bound, step);
        }
        if (bytes.length > bound) {
            throw tooLarge(path, bytes.length + " bytes", bound, step);
        }
        return bytes;
    }

    /** A file that signed metadata names: its absence is a refusal. */
    static byte[] named(Fetcher fetcher, String path, long maxLength, String step)
            throws FetchException, RejectedException {
        try {
            return bounded(fetcher, path, maxLength, step);
        } catch (FetchException.NotFound e) {
            throw new RejectedException(Refusal.MISSING, path, "not served", "a file", step);
        }
    }

    private static RejectedException tooLarge(String path, String found, int bound, String step) {
        return new RejectedException(Refusal.TOO_LARGE, path, found, "at most " + bound + " bytes", step + ", T-13");
    }
}
