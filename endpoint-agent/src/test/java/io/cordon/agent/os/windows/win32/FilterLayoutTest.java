package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Structure;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.fence.Condition;
import io.cordon.agent.os.windows.fence.Descriptor;
import io.cordon.agent.os.windows.fence.Filter;
import io.cordon.agent.os.windows.fence.FilterPlan;
import io.cordon.agent.os.windows.fence.IpAddress;
import io.cordon.agent.os.windows.fence.Layer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is laid out for the filter engine reads back as what it was; the layout itself is compared with the headers elsewhere. */
class FilterLayoutTest {
    private static final Condition USER = new Condition.User(
            new Descriptor(List.of(new Descriptor.Entry(true, Descriptor.MATCH, Sid.parse("S-1-5-21-1-2-3-1001")))));

    private final FilterWriting writing = new FilterWriting();

    private static Filter filter(Layer layer, Filter.Action action, Set<Filter.Trait> traits, Condition... conditions) {
        return new Filter(
                UUID.fromString("6f0b1d1e-7d1c-4f5e-9a55-0123456789ab"),
                "Cordon: ä name",
                layer,
                action,
                15,
                List.of(conditions),
                traits);
    }

    private Filter readBack(Filter filter) {
        FwpmTypes.FWPM_FILTER0 native0 = writing.filter(filter);
        assertEquals(filter.layer(), FilterLayers.layer(native0.layerKey).orElseThrow());
        return FilterReading.filter(native0.getPointer(), filter.layer());
    }

    @ParameterizedTest
    @EnumSource(Layer.class)
    void filtersReadBack(Layer layer) {
        Filter permit = filter(
                layer,
                Filter.Action.PERMIT,
                Set.of(Filter.Trait.PERSISTENT),
                USER,
                Condition.Protocol.TCP,
                new Condition.RemotePort(65535),
                new Condition.RemoteAddress(IpAddress.v4(127, 0, 0, 1)));
        assertEquals(permit, readBack(permit));
        Filter block = filter(
                layer,
                Filter.Action.BLOCK,
                Set.of(Filter.Trait.values()),
                new Condition.User(new Descriptor(null)),
                new Condition.RemoteAddress(IpAddress.parse("::ffff:127.0.0.1")));
        assertEquals(block, readBack(block));
    }

    @Test
    void numbersStandInTheMachinesOrderAndAddressesInTheNetworks() {
        FwpmTypes.FWPM_FILTER0 native0 = writing.filter(filter(
                Layer.CONNECT_V4,
                Filter.Action.PERMIT,
                Set.of(),
                new Condition.RemoteAddress(IpAddress.v4(127, 0, 0, 1))));
        FwpmTypes.FWPM_FILTER_CONDITION0 condition = new FwpmTypes.FWPM_FILTER_CONDITION0(native0.filterCondition);
        assertEquals(0x7f000001, condition.conditionValue.value.getPointer().getInt(0));
    }

    @Test
    void anotherSublayerIsSeen() {
        Filter ours = filter(Layer.CONNECT_V4, Filter.Action.BLOCK, Set.of(), USER);
        FwpmTypes.FWPM_FILTER0 native0 = writing.filter(ours);
        native0.subLayerKey = FilterLayers.guid(UUID.fromString("00000000-7d1c-4f5e-9a55-0123456789ab"));
        native0.write();
        assertNotEquals(ours, FilterReading.filter(native0.getPointer(), Layer.CONNECT_V4));
    }

    @Test
    void anAddressWithAMaskOfAllOnesIsThatAddress() {
        FwpTypes.FWP_V4_ADDR_AND_MASK masked = new FwpTypes.FWP_V4_ADDR_AND_MASK();
        masked.addr = 0x7f000001;
        masked.mask = 0xffffffff;
        masked.write();
        Filter ours = filter(
                Layer.CONNECT_V4,
                Filter.Action.BLOCK,
                Set.of(),
                new Condition.RemoteAddress(IpAddress.v4(127, 0, 0, 1)));
        FwpmTypes.FWPM_FILTER0 native0 = writing.filter(ours);
        FwpmTypes.FWPM_FILTER_CONDITION0 condition = new FwpmTypes.FWPM_FILTER_CONDITION0(native0.filterCondition);
        condition.conditionValue.type = FwpConstants.FWP_V4_ADDR_MASK;
        condition.conditionValue.value.setType("v4AddrMask");
        condition.conditionValue.value.v4AddrMask = masked.getPointer();
        condition.write();
        assertEquals(ours, FilterReading.filter(native0.getPointer(), Layer.CONNECT_V4));
        masked.mask = 0xffffff00;
        masked.write();
        assertNotEquals(ours, FilterReading.filter(native0.getPointer(), Layer.CONNECT_V4));
    }

    @Test
    void aWideWeightCountsByItsUpperBits() {
        Filter ours = filter(Layer.CONNECT_V4, Filter.Action.BLOCK, Set.of(), USER);
        FwpmTypes.FWPM_FILTER0 native0 = writing.filter(ours);
        native0.weight.type = FwpConstants.FWP_UINT64;
        native0.weight.value.setType("uint64");
        native0.weight.value.uint64 = writing.bytes(new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) 0xf8});
        native0.write();
        assertEquals(ours, FilterReading.filter(native0.getPointer(), Layer.CONNECT_V4));
    }

    @Test
    void providerAndSublayerReadBack() {
        assertEquals(
                FilterPlan.PROVIDER,
                FilterReading.provider(writing.provider(FilterPlan.PROVIDER).getPointer()));
        assertEquals(
                FilterPlan.SUBLAYER,
                FilterReading.subLayer(writing.subLayer(FilterPlan.SUBLAYER).getPointer()));
    }

    @Test
    void sizesAreThoseOf64BitWindows() {
        assertEquals(200, new FwpmTypes.FWPM_FILTER0().size());
        assertEquals(40, new FwpmTypes.FWPM_FILTER_CONDITION0().size());
        assertEquals(16, new FwpTypes.FWP_VALUE0().size());
        assertEquals(20, new FwpmTypes.FWPM_ACTION0().size());
        assertEquals(72, new FwpmTypes.FWPM_SUBLAYER0().size());
        assertEquals(64, new FwpmTypes.FWPM_PROVIDER0().size());
        assertEquals(72, new FwpmTypes.FWPM_SESSION0().size());
        assertEquals(72, new FwpmTypes.FWPM_FILTER_ENUM_TEMPLATE0().size());
        assertTrue(Structure.class.isAssignableFrom(FwpTypes.FWP_BYTE_BLOB.class));
    }
}
