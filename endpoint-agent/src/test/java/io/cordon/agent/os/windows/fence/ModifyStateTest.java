package io.cordon.agent.os.windows.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ModifyStateTest {
    @Property
    void onlySOkWithStateOkIsNoProblem(@ForAll int result, @ForAll int state) {
        assertEquals(
                result == 0 && state == 0,
                new ModifyState(result, state).problem().isEmpty());
    }

    @Test
    void sFalseIsNotOk() {
        assertEquals(
                "rules made here hold for some of the active profiles only",
                new ModifyState(1, 0).problem().orElseThrow());
    }
}
