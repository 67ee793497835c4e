package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Guid.GUID;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import io.cordon.agent.os.windows.fence.Descriptor;
import io.cordon.agent.os.windows.fence.Filter;
import io.cordon.agent.os.windows.fence.FilterPlan;
import io.cordon.agent.os.windows.fence.Layer;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An open session with the filter engine. Each result is checked, and what the engine allocates is freed. */
final class FilterSession implements Closeable {
    /** Rather fail than wait for another product's transaction for ever. */
    private static final int TRANSACTION_WAIT_MILLIS = 15_000;

    private static final int PAGE = 64;

    private final Fwpuclnt library;
    private final HANDLE engine;

    private FilterSession(Fwpuclnt library, HANDLE engine) {
        this.library = library;
        this.engine = engine;
    }

    static FilterSession open() throws IOException {
        Fwpuclnt library;
        try {
            library = Fwpuclnt.Loaded.INSTANCE;
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new IOException("fwpuclnt.dll cannot be loaded", e);
        }
        FwpmTypes.FWPM_SESSION0 session = new FwpmTypes.FWPM_SESSION0();
        session.txnWaitTimeoutInMSec = TRANSACTION_WAIT_MILLIS;
        HANDLEByReference handle = new HANDLEByReference();
        check(
                "FwpmEngineOpen0",
                library.FwpmEngineOpen0(null, FwpConstants.RPC_C_AUTHN_DEFAULT, null, session, handle));
        return new FilterSession(library, handle.getValue());
    }

    /** Windows has no text for most of these codes. */
    private static void check(String function, int result) throws IOException {
        if (result != 0) {
            throw new IOException(String.format("%s: 0x%08X", function, result));
        }
    }

    void begin() throws IOException {
        check("FwpmTransactionBegin0", library.FwpmTransactionBegin0(engine, 0));
    }

    void commit() throws IOException {
        check("FwpmTransactionCommit0", library.FwpmTransactionCommit0(engine));
    }

    /** After a failure, which is what is reported; closing the session would abort as well. */
    void abort() {
        library.FwpmTransactionAbort0(engine);
    }

    void add(FilterPlan.Provider provider) throws IOException {
        FilterWriting writing = new FilterWriting();
        Pointer guard = writing.bytes(Descriptor.GUARD.bytes());
        check("FwpmProviderAdd0", library.FwpmProviderAdd0(engine, writing.provider(provider), guard));
        java.lang.ref.Reference.reachabilityFence(writing);
    }

    void add(FilterPlan.SubLayer subLayer) throws IOException {
        FilterWriting writing = new FilterWriting();
        Pointer guard = writing.bytes(Descriptor.GUARD.bytes());
        check("FwpmSubLayerAdd0", library.FwpmSubLayerAdd0(engine, writing.subLayer(subLayer), guard));
        java.lang.ref.Reference.reachabilityFence(writing);
    }

    void add(Filter filter) throws IOException {
        FilterWriting writing = new FilterWriting();
        Pointer guard = writing.bytes(Descriptor.GUARD.bytes());
        LongByReference id = new LongByReference();
        check(
                "FwpmFilterAdd0 \"" + filter.name() + "\"",
                library.FwpmFilterAdd0(engine, writing.filter(filter), guard, id));
        java.lang.ref.Reference.reachabilityFence(writing);
    }

    void deleteFilter(UUID key) throws IOException {
        check("FwpmFilterDeleteByKey0", library.FwpmFilterDeleteByKey0(engine, FilterLayers.guid(key)));
    }

    void deleteSubLayer(UUID key) throws IOException {
        check("FwpmSubLayerDeleteByKey0", library.FwpmSubLayerDeleteByKey0(engine, FilterLayers.guid(key)));
    }

    void deleteProvider(UUID key) throws IOException {
        check("FwpmProviderDeleteByKey0", library.FwpmProviderDeleteByKey0(engine, FilterLayers.guid(key)));
    }

    Optional<FilterPlan.Provider> provider(UUID key) throws IOException {
        PointerByReference found = new PointerByReference();
        int result = library.FwpmProviderGetByKey0(engine, FilterLayers.guid(key), found);
        if (result == FwpConstants.FWP_E_PROVIDER_NOT_FOUND) {
            return Optional.empty();
        }
        check("FwpmProviderGetByKey0", result);
        try {
            return Optional.of(FilterReading.provider(given("FwpmProviderGetByKey0", found)));
        } finally {
            library.FwpmFreeMemory0(found);
        }
    }

    Optional<FilterPlan.SubLayer> subLayer(UUID key) throws IOException {
        PointerByReference found = new PointerByReference();
        int result = library.FwpmSubLayerGetByKey0(engine, FilterLayers.guid(key), found);
        if (result == FwpConstants.FWP_E_SUBLAYER_NOT_FOUND) {
            return Optional.empty();
        }
        check("FwpmSubLayerGetByKey0", result);
        try {
            return Optional.of(FilterReading.subLayer(given("FwpmSubLayerGetByKey0", found)));
        } finally {
            library.FwpmFreeMemory0(found);
        }
    }

    /** Success without an object is what an engine that only pretends would answer. */
    private static Pointer given(String function, PointerByReference found) throws IOException {
        Pointer value = found.getValue();
        if (value == null) {
            throw new IOException(function + ": success without an object");
        }
        return value;
    }

    /** Those of a provider at a layer, also disabled ones and those for boot time. */
    List<Filter> filters(UUID provider, Layer layer) throws IOException {
        FilterWriting writing = new FilterWriting();
        FwpmTypes.FWPM_FILTER_ENUM_TEMPLATE0 template = new FwpmTypes.FWPM_FILTER_ENUM_TEMPLATE0();
        template.providerKey = writing.key(provider);
        template.layerKey = FilterLayers.guid(layer);
        template.enumType = FwpConstants.FWP_FILTER_ENUM_OVERLAPPING;
        template.flags =
                FwpConstants.FWP_FILTER_ENUM_FLAG_INCLUDE_BOOTTIME | FwpConstants.FWP_FILTER_ENUM_FLAG_INCLUDE_DISABLED;
        template.actionMask = 0xffffffff;
        HANDLEByReference enumeration = new HANDLEByReference();
        check("FwpmFilterCreateEnumHandle0", library.FwpmFilterCreateEnumHandle0(engine, template, enumeration));
        java.lang.ref.Reference.reachabilityFence(writing);
        try {
            List<Filter> filters = new ArrayList<>();
            while (page(enumeration.getValue(), layer, filters) == PAGE) {
                // Fewer than asked for is the end.
            }
            return filters;
        } finally {
            library.FwpmFilterDestroyEnumHandle0(engine, enumeration.getValue());
        }
    }

    private int page(HANDLE enumeration, Layer layer, List<Filter> filters) throws IOException {
        PointerByReference entries = new PointerByReference();
        IntByReference count = new IntByReference();
        check("FwpmFilterEnum0", library.FwpmFilterEnum0(engine, enumeration, PAGE, entries, count));
        if (count.getValue() == 0) {
            return 0;
        }
        try {
            Pointer array = given("FwpmFilterEnum0", entries);
            for (int i = 0; i < count.getValue(); i++) {
                filters.add(FilterReading.filter(array.getPointer((long) i * Native.POINTER_SIZE), layer));
            }
            return count.getValue();
        } finally {
            library.FwpmFreeMemory0(entries);
        }
    }

    /** One of the three functions of this form. */
    private interface SecurityInfo {
        int get(
                HANDLE engine,
                GUID key,
                int which,
                PointerByReference owner,
                PointerByReference group,
                PointerByReference dacl,
                PointerByReference sacl,
                PointerByReference descriptor);
    }

    Optional<Descriptor> accessToProvider(UUID key) throws IOException {
        return access("FwpmProviderGetSecurityInfoByKey0", library::FwpmProviderGetSecurityInfoByKey0, key);
    }

    Optional<Descriptor> accessToSubLayer(UUID key) throws IOException {
        return access("FwpmSubLayerGetSecurityInfoByKey0", library::FwpmSubLayerGetSecurityInfoByKey0, key);
    }

    Optional<Descriptor> accessToFilter(UUID key) throws IOException {
        return access("FwpmFilterGetSecurityInfoByKey0", library::FwpmFilterGetSecurityInfoByKey0, key);
    }

    /** Empty where entries are of a kind that we never write. */
    private Optional<Descriptor> access(String function, SecurityInfo info, UUID key) throws IOException {
        PointerByReference dacl = new PointerByReference();
        PointerByReference descriptor = new PointerByReference();
        check(
                function,
                info.get(
                        engine,
                        FilterLayers.guid(key),
                        WinNT.DACL_SECURITY_INFORMATION,
                        new PointerByReference(),
                        new PointerByReference(),
                        dacl,
                        new PointerByReference(),
                        descriptor));
        try {
            Pointer list = dacl.getValue();
            if (list == null) {
                return Optional.of(new Descriptor(null));
            }
            return Optional.of(Descriptor.readList(list.getByteArray(0, list.getShort(2) & 0xffff)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } finally {
            library.FwpmFreeMemory0(descriptor);
        }
    }

    @Override
    public void close() throws IOException {
        check("FwpmEngineClose0", library.FwpmEngineClose0(engine));
    }
}
