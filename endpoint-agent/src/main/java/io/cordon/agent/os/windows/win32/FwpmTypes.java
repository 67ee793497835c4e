package io.cordon.agent.os.windows.win32;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Union;
import com.sun.jna.platform.win32.Guid.GUID;

/** The objects of the filter engine, from {@code fwpmtypes.h}. */
// JNA makes what is inline; pointers are null until they are set.
@SuppressWarnings("NullAway.Init")
final class FwpmTypes {
    private FwpmTypes() {}

    @Header("fwpmtypes.h")
    @Structure.FieldOrder({"name", "description"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWPM_DISPLAY_DATA0 extends Structure {
        public Pointer name;
        public Pointer description;
    }

    @Header("fwpmtypes.h")
    @Structure.FieldOrder({
        "sessionKey",
        "displayData",
        "flags",
        "txnWaitTimeoutInMSec",
        "processId",
        "sid",
        "username",
        "kernelMode"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWPM_SESSION0 extends Structure {
        public GUID sessionKey;
        public FWPM_DISPLAY_DATA0 displayData;
        public int flags;
        public int txnWaitTimeoutInMSec;
        public int processId;
        public Pointer sid;
        public Pointer username;
        public int kernelMode;
    }

    @Header("fwpmtypes.h")
    @Structure.FieldOrder({"providerKey", "displayData", "flags", "providerData", "serviceName"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWPM_PROVIDER0 extends Structure {
        public GUID providerKey;
        public FWPM_DISPLAY_DATA0 displayData;
        public int flags;
        public FwpTypes.FWP_BYTE_BLOB providerData;
        public Pointer serviceName;

        public FWPM_PROVIDER0() {}

        public FWPM_PROVIDER0(Pointer memory) {
            super(memory);
            read();
        }
    }

    /** Newer headers have 32 bits of flags; the padding behind the 16 here is zero, which makes both the same. */
    @Header("fwpmtypes.h")
    @Structure.FieldOrder({"subLayerKey", "displayData", "flags", "providerKey", "providerData", "weight"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWPM_SUBLAYER0 extends Structure {
        public GUID subLayerKey;
        public FWPM_DISPLAY_DATA0 displayData;
        public short flags;
        public Pointer providerKey;
        public FwpTypes.FWP_BYTE_BLOB providerData;
        public short weight;

        public FWPM_SUBLAYER0() {}

        public FWPM_SUBLAYER0(Pointer memory) {
            super(memory);
            read();
        }
    }

    @Header("fwpmtypes.h")
    @Structure.FieldOrder({"type", "key"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWPM_ACTION0 extends Structure {
        public int type;
        public Key key;

        @SuppressWarnings("NullAway.Init") // Windows fills it in.
        public static class Key extends Union {
            public GUID filterType;
            public GUID calloutKey;
        }
    }

    @Header("fwpmtypes.h")
    @Structure.FieldOrder({"fieldKey", "matchType", "conditionValue"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWPM_FILTER_CONDITION0 extends Structure {
        public GUID fieldKey;
        public int matchType;
        public FwpTypes.FWP_CONDITION_VALUE0 conditionValue;

        public FWPM_FILTER_CONDITION0() {}

        public FWPM_FILTER_CONDITION0(Pointer memory) {
            super(memory);
            read();
        }
    }

    @Header("fwpmtypes.h")
    @Structure.FieldOrder({
        "filterKey",
        "displayData",
        "flags",
        "providerKey",
        "providerData",
        "layerKey",
        "subLayerKey",
        "weight",
        "numFilterConditions",
        "filterCondition",
        "action",
        "context",
        "reserved",
        "filterId",
        "effectiveWeight"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWPM_FILTER0 extends Structure {
        public GUID filterKey;
        public FWPM_DISPLAY_DATA0 displayData;
        public int flags;
        public Pointer providerKey;
        public FwpTypes.FWP_BYTE_BLOB providerData;
        public GUID layerKey;
        public GUID subLayerKey;
        public FwpTypes.FWP_VALUE0 weight;
        public int numFilterConditions;
        public Pointer filterCondition;
        public FWPM_ACTION0 action;
        public Context context;
        public Pointer reserved;
        public long filterId;
        public FwpTypes.FWP_VALUE0 effectiveWeight;

        public FWPM_FILTER0() {}

        public FWPM_FILTER0(Pointer memory) {
            super(memory);
            read();
        }

        @SuppressWarnings("NullAway.Init") // Windows fills it in.
        public static class Context extends Union {
            public long rawContext;
            public GUID providerContextKey;
        }
    }

    @Header("fwpmtypes.h")
    @Structure.FieldOrder({
        "providerKey",
        "layerKey",
        "enumType",
        "flags",
        "providerContextTemplate",
        "numFilterConditions",
        "filterCondition",
        "actionMask",
        "calloutKey"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWPM_FILTER_ENUM_TEMPLATE0 extends Structure {
        public Pointer providerKey;
        public GUID layerKey;
        public int enumType;
        public int flags;
        public Pointer providerContextTemplate;
        public int numFilterConditions;
        public Pointer filterCondition;
        public int actionMask;
        public Pointer calloutKey;
    }
}
