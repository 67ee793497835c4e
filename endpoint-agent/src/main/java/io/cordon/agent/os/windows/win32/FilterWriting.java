package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.platform.win32.Guid.GUID;
import io.cordon.agent.os.windows.fence.Condition;
import io.cordon.agent.os.windows.fence.Filter;
import io.cordon.agent.os.windows.fence.FilterPlan;
import io.cordon.agent.os.windows.fence.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Lays objects out as the filter engine takes them. What they point to lives as long as this does: keep it until after the call. */
final class FilterWriting {
    private final List<Object> kept = new ArrayList<>();

    FwpmTypes.FWPM_PROVIDER0 provider(FilterPlan.Provider provider) {
        FwpmTypes.FWPM_PROVIDER0 native0 = new FwpmTypes.FWPM_PROVIDER0();
        native0.providerKey = FilterLayers.guid(provider.key());
        native0.displayData.name = text(provider.name());
        native0.flags = provider.persistent() ? FwpmConstants.FWPM_PROVIDER_FLAG_PERSISTENT : 0;
        native0.write();
        return native0;
    }

    FwpmTypes.FWPM_SUBLAYER0 subLayer(FilterPlan.SubLayer subLayer) {
        FwpmTypes.FWPM_SUBLAYER0 native0 = new FwpmTypes.FWPM_SUBLAYER0();
        native0.subLayerKey = FilterLayers.guid(subLayer.key());
        native0.displayData.name = text(subLayer.name());
        native0.flags = (short) (subLayer.persistent() ? FwpmConstants.FWPM_SUBLAYER_FLAG_PERSISTENT : 0);
        native0.providerKey = key(FilterPlan.PROVIDER.key());
        native0.weight = (short) subLayer.weight();
        native0.write();
        return native0;
    }

    FwpmTypes.FWPM_FILTER0 filter(Filter filter) {
        FwpmTypes.FWPM_FILTER0 native0 = new FwpmTypes.FWPM_FILTER0();
        native0.filterKey = FilterLayers.guid(filter.key());
        native0.displayData.name = text(filter.name());
        native0.flags = filter.traits().stream().mapToInt(FilterWriting::flag).reduce(0, (a, b) -> a | b);
        native0.providerKey = key(FilterPlan.PROVIDER.key());
        native0.layerKey = FilterLayers.guid(filter.layer());
        native0.subLayerKey = FilterLayers.guid(FilterPlan.SUBLAYER.key());
        native0.weight.type = FwpConstants.FWP_UINT8;
        native0.weight.value.setType(byte.class);
        native0.weight.value.uint8 = (byte) filter.weight();
        native0.numFilterConditions = filter.conditions().size();
        native0.filterCondition = conditions(filter.conditions());
        native0.action.type = switch (filter.action()) {
            case BLOCK -> FwpConstants.FWP_ACTION_BLOCK;
            case PERMIT -> FwpConstants.FWP_ACTION_PERMIT;
            case OTHER -> throw new IllegalArgumentException("filter: " + filter + " (expected: one of ours)");
        };
        native0.write();
        return native0;
    }

    private static int flag(Filter.Trait trait) {
        return switch (trait) {
            case PERSISTENT -> FwpmConstants.FWPM_FILTER_FLAG_PERSISTENT;
            case FINAL -> FwpmConstants.FWPM_FILTER_FLAG_CLEAR_ACTION_RIGHT;
            case BOOT_TIME -> FwpmConstants.FWPM_FILTER_FLAG_BOOTTIME;
            case DISABLED -> FwpmConstants.FWPM_FILTER_FLAG_DISABLED;
        };
    }

    private Pointer conditions(List<Condition> conditions) {
        FwpmTypes.FWPM_FILTER_CONDITION0 first = new FwpmTypes.FWPM_FILTER_CONDITION0();
        Structure[] array = first.toArray(conditions.size());
        for (int i = 0; i < array.length; i++) {
            condition((FwpmTypes.FWPM_FILTER_CONDITION0) array[i], conditions.get(i));
            array[i].write();
        }
        kept.add(array);
        return first.getPointer();
    }

    private void condition(FwpmTypes.FWPM_FILTER_CONDITION0 native0, Condition condition) {
        native0.matchType = FwpConstants.FWP_MATCH_EQUAL;
        FwpTypes.FWP_CONDITION_VALUE0 to = native0.conditionValue;
        if (condition instanceof Condition.User user) {
            native0.fieldKey = FilterLayers.guid(FwpmGuids.FWPM_CONDITION_ALE_USER_ID);
            to.type = FwpConstants.FWP_SECURITY_DESCRIPTOR_TYPE;
            to.value.setType("sd");
            to.value.sd = blob(user.descriptor().bytes());
        } else if (condition instanceof Condition.Protocol protocol) {
            native0.fieldKey = FilterLayers.guid(FwpmGuids.FWPM_CONDITION_IP_PROTOCOL);
            to.type = FwpConstants.FWP_UINT8;
            to.value.setType(byte.class);
            to.value.uint8 = (byte) protocol.number();
        } else if (condition instanceof Condition.RemotePort port) {
            native0.fieldKey = FilterLayers.guid(FwpmGuids.FWPM_CONDITION_IP_REMOTE_PORT);
            to.type = FwpConstants.FWP_UINT16;
            to.value.setType(short.class);
            to.value.uint16 = (short) port.port();
        } else if (condition instanceof Condition.RemoteAddress remote) {
            native0.fieldKey = FilterLayers.guid(FwpmGuids.FWPM_CONDITION_IP_REMOTE_ADDRESS);
            address(to, remote.address());
        } else {
            throw new IllegalArgumentException("condition: " + condition + " (expected: one of ours)");
        }
    }

    /** IPv4 as a number in the machine's byte order, IPv6 as its bytes. */
    private void address(FwpTypes.FWP_CONDITION_VALUE0 to, IpAddress address) {
        if (address.v6()) {
            to.type = FwpConstants.FWP_BYTE_ARRAY16_TYPE;
            to.value.setType("byteArray16");
            to.value.byteArray16 = bytes(address.bytes());
        } else {
            to.type = FwpConstants.FWP_UINT32;
            to.value.setType(int.class);
            to.value.uint32 = address.value().intValue();
        }
    }

    /** A descriptor in memory of its own. */
    Pointer bytes(byte[] bytes) {
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        kept.add(memory);
        return memory;
    }

    private Pointer blob(byte[] bytes) {
        FwpTypes.FWP_BYTE_BLOB blob = new FwpTypes.FWP_BYTE_BLOB();
        blob.size = bytes.length;
        blob.data = bytes(bytes);
        blob.write();
        kept.add(blob);
        return blob.getPointer();
    }

    private Pointer text(String text) {
        Memory memory = new Memory((text.length() + 1L) * Native.WCHAR_SIZE);
        memory.setWideString(0, text);
        kept.add(memory);
        return memory;
    }

    Pointer key(UUID key) {
        GUID guid = FilterLayers.guid(key);
        guid.write();
        kept.add(guid);
        return guid.getPointer();
    }
}
