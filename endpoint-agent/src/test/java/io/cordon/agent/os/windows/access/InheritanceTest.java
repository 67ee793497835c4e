package io.cordon.agent.os.windows.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class InheritanceTest {
    @Provide
    Arbitrary<List<Ace>> parents() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 0x1f),
                        Arbitraries.of(0x1, 0x1F01FF, 0x1301BF, 0x20000),
                        Arbitraries.of(Sid.EVERYONE, Bench.GROUP, Sid.CREATOR_OWNER, Sid.OWNER_RIGHTS))
                .as(Ace::new)
                .list()
                .ofMaxSize(5);
    }

    /** Two implementations that share no code: what is carried down, and what the model's file system makes. */
    @Property
    void carryingDownGivesWhatANewObjectWouldGet(@ForAll("parents") List<Ace> parent, @ForAll boolean directory) {
        List<Ace> all = new ArrayList<>(parent);
        // Where nothing is inherited a new object gets the token's default list, which is not inheritance.
        all.add(Ace.allow(3, 0x1F01FF, Sid.LOCAL_SYSTEM));
        ModelTree tree = new ModelTree(Sddl.entries(all));
        tree.with("C:\\x", directory, Bench.ADA);
        SecurityDescriptor made = tree.get("C:\\x").descriptor;
        SecurityDescriptor bare = SecurityDescriptor.of(Bench.ADA, false, Acl.of());
        assertEquals(
                made.entries(),
                Inheritance.below(tree.get("C:\\").descriptor, bare, directory).entries());
    }

    @Test
    void ownEntriesStayAndAProtectedListStaysWhole() {
        SecurityDescriptor parent = Sddl.parse("O:SYD:(A;OICI;FR;;;BU)");
        assertEquals(
                "(D;;0x2;;;WD)(A;ID;0x120089;;;BU)",
                Sddl.entries(Inheritance.below(parent, Sddl.parse("O:SYD:(D;;0x2;;;WD)(A;ID;FA;;;AU)"), false)
                        .entries()));
        assertEquals(
                "(A;;0x2;;;WD)",
                Sddl.entries(Inheritance.below(parent, Sddl.parse("O:SYD:P(A;;0x2;;;WD)"), false)
                        .entries()));
    }
}
