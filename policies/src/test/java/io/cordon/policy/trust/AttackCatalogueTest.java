package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.text;
import static io.cordon.policy.trust.Repository.verified;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** First. */
class AttackCatalogueTest {
    private final Repository repository = new Repository();

    @Test
    void case01_bootstrapWithThresholdTwoOfThreeAndAFileInASubDirectory() throws IOException {
        repository.publish("policies/balanced.yaml", "mode: enforce");
        TrustClient client = repository.enrolled();

        TrustedTargets targets = verified(client.refresh());

        assertEquals(new TrustedTargets.Versions(1, 2, 2, 2), targets.versions());
        assertEquals("mode: enforce", text(client.download("policies/balanced.yaml")));
    }
}
