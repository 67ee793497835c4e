package io.cordon.agent.os.windows.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.Sid;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SecurityDescriptorTest {
    /** O:BAG:SYD:PAI(A;OICI;FA;;;SY), as Windows writes it. */
    private static final byte[] KNOWN = HexFormat.of()
            .parseHex("01000494" + "14000000" + "24000000" + "00000000" + "30000000"
                    + "01020000000000052000000020020000"
                    + "010100000000000512000000"
                    + "02001c0001000000" + "00031400ff011f00" + "010100000000000512000000");

    @Provide
    Arbitrary<SecurityDescriptor> descriptors() {
        Arbitrary<Sid> sids = Arbitraries.longs()
                .between(0, 0xFFFFFFFFL)
                .list()
                .ofMinSize(1)
                .ofMaxSize(15)
                .map(parts -> new Sid(5, parts));
        Arbitrary<AclEntry> known = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 0x1f),
                        Arbitraries.integers(),
                        sids)
                .as(Ace::new);
        Arbitrary<AclEntry> opaque = Combinators.combine(
                        Arbitraries.integers().between(2, 0x13),
                        Arbitraries.bytes().array(byte[].class).ofSize(12))
                .as((type, body) -> new OpaqueAce(type, 0, HexFormat.of().formatHex(body)));
        Arbitrary<Acl> lists =
                Arbitraries.oneOf(known, opaque).list().ofMaxSize(8).map(entries -> new Acl(2, entries));
        return Combinators.combine(
                        sids.injectNull(0.2), sids.injectNull(0.2), lists.injectNull(0.2), lists.injectNull(0.7))
                .as((owner, group, dacl, sacl) -> new SecurityDescriptor(
                        SecurityDescriptor.DACL_PRESENT | (sacl == null ? 0 : SecurityDescriptor.SACL_PRESENT),
                        owner,
                        group,
                        sacl,
                        dacl));
    }

    @Property
    void bytesComeBackAsTheyWere(@ForAll("descriptors") SecurityDescriptor descriptor) {
        assertEquals(descriptor, SecurityDescriptor.read(descriptor.bytes()));
    }

    @Property
    void noPrefixIsReadAsSomethingElse(@ForAll("descriptors") SecurityDescriptor descriptor) {
        byte[] bytes = descriptor.bytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IllegalArgumentException.class, () -> SecurityDescriptor.read(cut));
        }
    }

    @Property(tries = 3000)
    void readingIsTotal(
            @ForAll("descriptors") SecurityDescriptor descriptor,
            @ForAll byte value,
            @ForAll("positions") int position,
            @ForAll byte[] noise) {
        byte[] bytes = descriptor.bytes();
        bytes[position % bytes.length] = value;
        for (byte[] each : List.of(bytes, noise)) {
            try {
                SecurityDescriptor read = SecurityDescriptor.read(each);
                assertEquals(read, SecurityDescriptor.read(read.bytes()));
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage() != null && !e.getMessage().isEmpty());
            }
        }
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, 400);
    }

    @Test
    void readsWhatWindowsWrites() {
        SecurityDescriptor read = SecurityDescriptor.read(KNOWN);
        assertEquals("O:BAG:SYD:PAI(A;OICI;0x1f01ff;;;SY)", Sddl.format(read));
        assertEquals(HexFormat.of().formatHex(KNOWN), HexFormat.of().formatHex(read.bytes()));
    }

    @Property
    void textComesBackAsItWas(@ForAll("descriptors") SecurityDescriptor descriptor) {
        boolean plain =
                descriptor.sacl() == null && descriptor.entries().stream().allMatch(Ace.class::isInstance);
        if (plain) {
            assertEquals(descriptor, Sddl.parse(Sddl.format(descriptor)));
        }
    }

    @Test
    void namedRightsAndAliasesAreRead() {
        SecurityDescriptor read = Sddl.parse("O:SYD:P(A;OICI;FA;;;BA)(D;;SDWD;;;AU)(A;;RC;;;OW)");
        assertEquals(
                List.of(
                        Ace.allow(3, AccessMask.FILE_ALL_ACCESS, Sid.ADMINISTRATORS),
                        Ace.deny(0, AccessMask.DELETE | AccessMask.WRITE_DAC, Sid.AUTHENTICATED_USERS),
                        Ace.allow(0, AccessMask.READ_CONTROL, Sid.OWNER_RIGHTS)),
                read.entries());
        for (String wrong : List.of("D:(X;;FA;;;SY)", "D:(A;QQ;FA;;;SY)", "D:(A;;FA;;;ZZ)", "D:(A;;FA;;;SY", "x")) {
            assertThrows(IllegalArgumentException.class, () -> Sddl.parse(wrong), wrong);
        }
    }

    @Test
    void masksAreThoseOfTheGuide() {
        assertEquals(0x1301BF, AccessMask.MODIFY);
        assertEquals(0, AccessMask.MODIFY & AccessMask.FILE_DELETE_CHILD);
        int guidesDenyWrite = 0x40130156;
        int writes = guidesDenyWrite & ~(AccessMask.GENERIC_WRITE | AccessMask.READ_CONTROL | AccessMask.SYNCHRONIZE);
        assertEquals(writes, writes & AccessMask.ANY_WRITE);
        assertEquals(AccessMask.WRITE_DAC | AccessMask.WRITE_OWNER, AccessMask.ANY_WRITE & ~writes);
    }
}
