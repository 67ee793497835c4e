package io.cordon.agent.os.windows.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DescriptorTest {
    private static final Sid ACCOUNT = FenceFixtures.SIDS.of(SandboxAccount.OFFLINE);

    @Test
    void isReadBackAsWritten() {
        for (Descriptor each : List.of(
                Descriptor.GUARD,
                UserMatch.account(ACCOUNT),
                UserMatch.anyoneBut(List.of(ACCOUNT)),
                UserMatch.anybody())) {
            assertEquals(each, Descriptor.read(each.bytes()));
        }
    }

    /** Header, owner and group SYSTEM, one allow entry of 0x1 for S-1-1-0, as MS-DTYP lays them out. */
    @Test
    void hasTheSelfRelativeForm() {
        Descriptor everyone = new Descriptor(List.of(new Descriptor.Entry(true, 1, Sid.EVERYONE)));
        assertEquals(
                "01000490" + "14000000" + "20000000" + "00000000" + "2c000000" + "010100000000000512000000"
                        + "010100000000000512000000" + "02001c0001000000" + "00001400" + "01000000"
                        + "010100000000000100000000",
                HexFormat.of().formatHex(everyone.bytes()));
    }

    @Test
    void onlySystemAndAdministratorsAreExclusive() {
        assertTrue(Descriptor.GUARD.isExclusive());
        assertFalse(UserMatch.anybody().isExclusive());
        assertFalse(UserMatch.account(ACCOUNT).isExclusive());
        assertTrue(new Descriptor(List.of(
                        new Descriptor.Entry(false, 1, ACCOUNT), new Descriptor.Entry(true, 0xf, Sid.LOCAL_SYSTEM)))
                .isExclusive());
    }

    @Test
    void refusesEntriesOfOtherKinds() {
        byte[] bytes = UserMatch.account(ACCOUNT).bytes();
        bytes[20 + 24 + 8] = 9;
        assertThrows(IllegalArgumentException.class, () -> Descriptor.read(bytes));
    }

    @Property
    void whatIsCutOffIsRefused(@ForAll boolean deny) {
        byte[] whole = (deny ? UserMatch.anyoneBut(List.of(ACCOUNT)) : UserMatch.account(ACCOUNT)).bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(IllegalArgumentException.class, () -> Descriptor.read(cut), "length " + length);
        }
    }
}
