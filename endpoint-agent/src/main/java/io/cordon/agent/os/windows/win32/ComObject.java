package io.cordon.agent.os.windows.win32;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Guid.GUID;
import com.sun.jna.platform.win32.OleAuto;
import com.sun.jna.platform.win32.WTypes.BSTR;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.ptr.ShortByReference;
import java.io.Closeable;
import java.io.IOException;

/**
 * A COM interface, called by the number of the method in its table. Not thread-safe: only the thread that made it may use it.
 * Closing gives the reference back.
 */
final class ComObject implements Closeable {
    private final Pointer self;
    private final String name;

    /** Takes over the reference. */
    ComObject(String name, Pointer self) {
        this.name = name;
        this.self = self;
    }

    /** Makes an object of the class and returns it as that interface. */
    static ComObject create(String name, String clsid, String iid) throws IOException {
        PointerByReference made = new PointerByReference();
        int result = Ole32Com.Loaded.INSTANCE.CoCreateInstance(
                guid(clsid), null, Ole32Com.CLSCTX_INPROC_SERVER, guid(iid), made);
        check(name + ": CoCreateInstance", result);
        return new ComObject(name, made.getValue());
    }

    private static GUID guid(String text) {
        return FilterLayers.guid(text);
    }

    private static void check(String call, int result) throws IOException {
        if (result != NetFwConstants.S_OK) {
            throw new IOException(String.format("%s: 0x%08X", call, result));
        }
    }

    /** The raw HRESULT of a method: what it means is the caller's. */
    int invoke(int slot, Object... arguments) {
        Pointer table = self.getPointer(0);
        Function method =
                Function.getFunction(table.getPointer((long) slot * Native.POINTER_SIZE), Function.ALT_CONVENTION);
        Object[] all = new Object[arguments.length + 1];
        all[0] = self;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return method.invokeInt(all);
    }

    /** A method for which anything but S_OK is a failure. */
    void call(String method, int slot, Object... arguments) throws IOException {
        check(name + "::" + method, invoke(slot, arguments));
    }

    /** The object under another interface. */
    ComObject as(String otherName, String iid) throws IOException {
        PointerByReference found = new PointerByReference();
        call("QueryInterface(" + otherName + ")", UnknownSlots.QueryInterface, guid(iid), found);
        return new ComObject(otherName, found.getValue());
    }

    ComObject getObject(String method, int slot, String otherName) throws IOException {
        PointerByReference found = new PointerByReference();
        call(method, slot, found);
        Pointer value = found.getValue();
        if (value == null) {
            throw new IOException(name + "::" + method + ": success without an object");
        }
        return new ComObject(otherName, value);
    }

    /** A BSTR; none is the empty text. */
    String getText(String method, int slot) throws IOException {
        PointerByReference found = new PointerByReference();
        call(method, slot, found);
        Pointer value = found.getValue();
        if (value == null) {
            return "";
        }
        try {
            return value.getWideString(0);
        } finally {
            OleAuto.INSTANCE.SysFreeString(new BSTR(value));
        }
    }

    /** A method that takes one BSTR, which stays ours. */
    void callWithText(String method, int slot, String text) throws IOException {
        BSTR bstr = OleAuto.INSTANCE.SysAllocString(text);
        try {
            call(method, slot, bstr.getPointer());
        } finally {
            OleAuto.INSTANCE.SysFreeString(bstr);
        }
    }

    /** A method that takes a BSTR and returns an object. */
    ComObject getObjectByText(String method, int slot, String text, String otherName) throws IOException {
        PointerByReference found = new PointerByReference();
        BSTR bstr = OleAuto.INSTANCE.SysAllocString(text);
        try {
            call(method, slot, bstr.getPointer(), found);
        } finally {
            OleAuto.INSTANCE.SysFreeString(bstr);
        }
        return new ComObject(otherName, found.getValue());
    }

    int getInt(String method, int slot) throws IOException {
        IntByReference found = new IntByReference();
        call(method, slot, found);
        return found.getValue();
    }

    /** A VARIANT_BOOL. */
    boolean getBoolean(String method, int slot) throws IOException {
        ShortByReference found = new ShortByReference();
        call(method, slot, found);
        return found.getValue() != 0;
    }

    Pointer pointer() {
        return self;
    }

    @Override
    public void close() {
        invoke(UnknownSlots.Release);
    }
}
