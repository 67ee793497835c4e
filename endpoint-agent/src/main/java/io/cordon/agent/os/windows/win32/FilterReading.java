package io.cordon.agent.os.windows.win32;

import com.sun.jna.Pointer;
import io.cordon.agent.os.windows.fence.Condition;
import io.cordon.agent.os.windows.fence.Descriptor;
import io.cordon.agent.os.windows.fence.Filter;
import io.cordon.agent.os.windows.fence.FilterPlan;
import io.cordon.agent.os.windows.fence.IpAddress;
import io.cordon.agent.os.windows.fence.Layer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads objects as the filter engine lays them out. Nothing throws for what others may have written under our keys. */
final class FilterReading {
    private static final int WHOLE_MASK = -1;

    private FilterReading() {}

    static FilterPlan.Provider provider(Pointer memory) {
        FwpmTypes.FWPM_PROVIDER0 native0 = new FwpmTypes.FWPM_PROVIDER0(memory);
        return new FilterPlan.Provider(
                FilterLayers.uuid(native0.providerKey),
                text(native0.displayData.name),
                (native0.flags & FwpmConstants.FWPM_PROVIDER_FLAG_PERSISTENT) != 0);
    }

    static FilterPlan.SubLayer subLayer(Pointer memory) {
        FwpmTypes.FWPM_SUBLAYER0 native0 = new FwpmTypes.FWPM_SUBLAYER0(memory);
        return new FilterPlan.SubLayer(
                FilterLayers.uuid(native0.subLayerKey),
                text(native0.displayData.name),
                native0.weight & 0xffff,
                (native0.flags & FwpmConstants.FWPM_SUBLAYER_FLAG_PERSISTENT) != 0);
    }

    /** @param layer the one that was asked for */
    static Filter filter(Pointer memory, Layer layer) {
        FwpmTypes.FWPM_FILTER0 native0 = new FwpmTypes.FWPM_FILTER0(memory);
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < native0.numFilterConditions; i++) {
            FwpmTypes.FWPM_FILTER_CONDITION0 sized = new FwpmTypes.FWPM_FILTER_CONDITION0();
            conditions.add(condition(
                    new FwpmTypes.FWPM_FILTER_CONDITION0(native0.filterCondition.share((long) i * sized.size()))));
        }
        if (!FilterLayers.uuid(native0.subLayerKey).equals(FilterPlan.SUBLAYER.key())) {
            conditions.add(new Condition.Other("sublayer " + FilterLayers.text(native0.subLayerKey)));
        }
        return new Filter(
                FilterLayers.uuid(native0.filterKey),
                text(native0.displayData.name),
                layer,
                action(native0.action.type),
                weight(native0.weight),
                conditions,
                traits(native0.flags));
    }

    private static Filter.Action action(int type) {
        return switch (type) {
            case FwpConstants.FWP_ACTION_BLOCK -> Filter.Action.BLOCK;
            case FwpConstants.FWP_ACTION_PERMIT -> Filter.Action.PERMIT;
            default -> Filter.Action.OTHER;
        };
    }

    /** The engine knows more flags, some of which it sets by itself; these are the ones that change the meaning. */
    private static Set<Filter.Trait> traits(int flags) {
        Set<Filter.Trait> traits = EnumSet.noneOf(Filter.Trait.class);
        if ((flags & FwpmConstants.FWPM_FILTER_FLAG_PERSISTENT) != 0) {
            traits.add(Filter.Trait.PERSISTENT);
        }
        if ((flags & FwpmConstants.FWPM_FILTER_FLAG_CLEAR_ACTION_RIGHT) != 0) {
            traits.add(Filter.Trait.FINAL);
        }
        if ((flags & FwpmConstants.FWPM_FILTER_FLAG_BOOTTIME) != 0) {
            traits.add(Filter.Trait.BOOT_TIME);
        }
        if ((flags & FwpmConstants.FWPM_FILTER_FLAG_DISABLED) != 0) {
            traits.add(Filter.Trait.DISABLED);
        }
        return traits;
    }

    /** Of a 64-bit weight the uppermost four bits; without one, the least. */
    private static int weight(FwpTypes.FWP_VALUE0 weight) {
        if (weight.type == FwpConstants.FWP_UINT8) {
            return at(weight).getByte(0) & 0xf;
        }
        Pointer wide = weight.type == FwpConstants.FWP_UINT64 ? at(weight).getPointer(0) : null;
        return wide == null ? 0 : (int) (wide.getLong(0) >>> 60);
    }

    private static Pointer at(FwpTypes.FWP_VALUE0 value) {
        return value.value.getPointer();
    }

    private static Condition condition(FwpmTypes.FWPM_FILTER_CONDITION0 native0) {
        String field = FilterLayers.text(native0.fieldKey);
        int type = native0.conditionValue.type;
        Pointer value = native0.conditionValue.value.getPointer();
        if (native0.matchType == FwpConstants.FWP_MATCH_EQUAL) {
            switch (field) {
                case FwpmGuids.FWPM_CONDITION_ALE_USER_ID -> {
                    return type == FwpConstants.FWP_SECURITY_DESCRIPTOR_TYPE
                            ? user(value.getPointer(0))
                            : other(native0, field);
                }
                case FwpmGuids.FWPM_CONDITION_IP_PROTOCOL -> {
                    return type == FwpConstants.FWP_UINT8
                            ? new Condition.Protocol(value.getByte(0) & 0xff)
                            : other(native0, field);
                }
                case FwpmGuids.FWPM_CONDITION_IP_REMOTE_PORT -> {
                    return type == FwpConstants.FWP_UINT16
                            ? new Condition.RemotePort(value.getShort(0) & 0xffff)
                            : other(native0, field);
                }
                case FwpmGuids.FWPM_CONDITION_IP_REMOTE_ADDRESS -> {
                    return address(native0, field, type, value);
                }
                default -> {
                    return other(native0, field);
                }
            }
        }
        return other(native0, field);
    }

    private static Condition user(Pointer at) {
        FwpTypes.FWP_BYTE_BLOB blob = new FwpTypes.FWP_BYTE_BLOB(at);
        byte[] bytes = blob.data.getByteArray(0, blob.size);
        try {
            return new Condition.User(Descriptor.read(bytes));
        } catch (IllegalArgumentException e) {
            return new Condition.Other("user by " + e.getMessage());
        }
    }

    /** The engine may give an address back with a mask of all ones. */
    private static Condition address(FwpmTypes.FWPM_FILTER_CONDITION0 native0, String field, int type, Pointer value) {
        if (type == FwpConstants.FWP_UINT32) {
            return v4(value.getInt(0));
        }
        if (type == FwpConstants.FWP_BYTE_ARRAY16_TYPE) {
            return new Condition.RemoteAddress(IpAddress.of(value.getPointer(0).getByteArray(0, 16)));
        }
        if (type == FwpConstants.FWP_V4_ADDR_MASK) {
            FwpTypes.FWP_V4_ADDR_AND_MASK masked = new FwpTypes.FWP_V4_ADDR_AND_MASK(value.getPointer(0));
            return masked.mask == WHOLE_MASK ? v4(masked.addr) : other(native0, field);
        }
        if (type == FwpConstants.FWP_V6_ADDR_MASK) {
            FwpTypes.FWP_V6_ADDR_AND_MASK masked = new FwpTypes.FWP_V6_ADDR_AND_MASK(value.getPointer(0));
            return (masked.prefixLength & 0xff) == 128
                    ? new Condition.RemoteAddress(IpAddress.of(masked.addr))
                    : other(native0, field);
        }
        return other(native0, field);
    }

    private static Condition v4(int number) {
        return new Condition.RemoteAddress(
                IpAddress.v4(number >>> 24, number >>> 16 & 0xff, number >>> 8 & 0xff, number & 0xff));
    }

    private static Condition other(FwpmTypes.FWPM_FILTER_CONDITION0 native0, String field) {
        return new Condition.Other(
                "field " + field + " match " + native0.matchType + " type " + native0.conditionValue.type);
    }

    private static String text(@Nullable Pointer name) {
        return name == null ? "" : name.getWideString(0);
    }
}
