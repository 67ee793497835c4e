package io.cordon.agent.os.windows.win32;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Union;

/** The values of filters, from {@code fwptypes.h}. Unions hold what is used here; all of their members begin at the same place. */
// JNA makes what is inline; pointers are null until they are set.
@SuppressWarnings("NullAway.Init")
final class FwpTypes {
    private FwpTypes() {}

    @Header("fwptypes.h")
    @Structure.FieldOrder({"size", "data"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWP_BYTE_BLOB extends Structure {
        public int size;
        public Pointer data;

        public FWP_BYTE_BLOB() {}

        public FWP_BYTE_BLOB(Pointer memory) {
            super(memory);
            read();
        }
    }

    @Header("fwptypes.h")
    @Structure.FieldOrder("byteArray16")
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWP_BYTE_ARRAY16 extends Structure {
        public byte[] byteArray16 = new byte[16];
    }

    @Header("fwptypes.h")
    @Structure.FieldOrder({"type", "value"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWP_VALUE0 extends Structure {
        public int type;
        public Value value;

        @SuppressWarnings("NullAway.Init") // Windows fills it in.
        public static class Value extends Union {
            public byte uint8;
            public short uint16;
            public int uint32;
            public Pointer uint64;
            public Pointer byteArray16;
            public Pointer byteBlob;
            public Pointer sd;
        }
    }

    @Header("fwptypes.h")
    @Structure.FieldOrder({"type", "value"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWP_CONDITION_VALUE0 extends Structure {
        public int type;
        public Value value;

        @SuppressWarnings("NullAway.Init") // Windows fills it in.
        public static class Value extends Union {
            public byte uint8;
            public short uint16;
            public int uint32;
            public Pointer uint64;
            public Pointer byteArray16;
            public Pointer byteBlob;
            public Pointer sd;
            public Pointer v4AddrMask;
            public Pointer v6AddrMask;
            public Pointer rangeValue;
        }
    }

    @Header("fwptypes.h")
    @Structure.FieldOrder({"addr", "mask"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWP_V4_ADDR_AND_MASK extends Structure {
        public int addr;
        public int mask;

        public FWP_V4_ADDR_AND_MASK() {}

        public FWP_V4_ADDR_AND_MASK(Pointer memory) {
            super(memory);
            read();
        }
    }

    @Header("fwptypes.h")
    @Structure.FieldOrder({"addr", "prefixLength"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FWP_V6_ADDR_AND_MASK extends Structure {
        public byte[] addr = new byte[16];
        public byte prefixLength;

        public FWP_V6_ADDR_AND_MASK() {}

        public FWP_V6_ADDR_AND_MASK(Pointer memory) {
            super(memory);
            read();
        }
    }
}
