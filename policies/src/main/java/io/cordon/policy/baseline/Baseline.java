package io.cordon.policy.baseline;

import io.cordon.policy.document.PolicyDocuments;
import io.cordon.policy.document.ReadResult;
import io.cordon.policy.model.Metadata;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The baseline library. */
public final class Baseline {

    private static final List<String> NAMES =
            List.of("strict-offline", "regulated", "balanced", "open-source-developer", "audit-only");

    private Baseline() {}

    /** The policies of the library, from the narrowest to the widest. */
    public static List<BaselinePolicy> library() {
        return NAMES.stream().map(Baseline::load).toList();
    }

    /** The policy that holds when no other does. */
    public static ResolvedPolicy strictest() {
        return ResolvedPolicy.strictest();
    }

    private static BaselinePolicy load(String name) {
        String yaml = resource(name + ".yaml");
        ReadResult read = PolicyDocuments.read(name + ".yaml", yaml.getBytes(StandardCharsets.UTF_8));
        if (!(read instanceof ReadResult.Accepted accepted)) {
            throw new IllegalStateException(name + ".yaml: " + read + " (expected: a right document)");
        }
        Metadata metadata = accepted.document().metadata();
        return new BaselinePolicy(name, metadata.title(), metadata.description(), yaml, resource(name + ".cases.yaml"));
    }

    private static String resource(String file) {
        try (InputStream in = Baseline.class.getResourceAsStream("library/" + file)) {
            if (in == null) {
                throw new IllegalStateException("library/" + file + ": missing (expected: in this jar)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
