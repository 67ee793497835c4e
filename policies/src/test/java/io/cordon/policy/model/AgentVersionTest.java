package io.cordon.policy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentVersionTest {

    @ParameterizedTest
    @CsvSource({
        "0.9, 0.10.0, -1",
        "1.2.3, 1.2.3, 0",
        "1.2, 1.2.0.0, 0",
        "v2, 1.99.99, 1",
        "0.169.0-linux-x64, 0.169.0, 0",
        "2.0.0-beta, 2, 0",
        "999999999, 1000, 1",
    })
    void comparesNumberByNumber(String one, String other, int order) {
        assertEquals(
                order,
                Integer.signum(AgentVersion.of(one)
                        .orElseThrow()
                        .compareTo(AgentVersion.of(other).orElseThrow())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", ".1", "-1", "beta1"})
    void knowsWhatIsNoVersion(String text) {
        assertEquals(Optional.empty(), AgentVersion.of(text));
    }
}
