package io.cordon.agent.adapters.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
    @Test
    void liesBelowTheRoot() {
        assertEquals(Path.of("/etc/codex/x"), new Place(Path.of("/")).of("/etc/codex/x"));
        assertEquals(Path.of("/srv/try/etc/codex/x"), new Place(Path.of("/srv/try")).of("/etc/codex/x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/codex", "/../x", "/etc/../../x", "/"})
    void neverLeadsOut(String documented) {
        assertThrows(IllegalArgumentException.class, () -> new Place(Path.of("/srv/try")).of(documented));
    }
}
