package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.W32Errors;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinReg;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.Registry;
import io.cordon.agent.os.windows.RegistryValue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code HKEY_LOCAL_MACHINE}. The agent's JVM is a 64-bit one, so its view is the 64-bit view. */
public final class NativeRegistry implements Registry {
    private static final WinReg.HKEY MACHINE = WinReg.HKEY_LOCAL_MACHINE;

    @FunctionalInterface
    private interface Use<T> {
        T with(WinReg.HKEY key) throws IOException;
    }

    /** Empty when the key is not there. */
    private static <T> Optional<T> open(String path, int access, Use<T> use) throws IOException {
        WinReg.HKEYByReference opened = new WinReg.HKEYByReference();
        int error = Advapi32.INSTANCE.RegOpenKeyEx(MACHINE, path, 0, access, opened);
        if (error == W32Errors.ERROR_FILE_NOT_FOUND) {
            return Optional.empty();
        }
        require("RegOpenKeyExW", path, error);
        try {
            return Optional.ofNullable(use.with(opened.getValue()));
        } finally {
            Advapi32.INSTANCE.RegCloseKey(opened.getValue());
        }
    }

    private static void require(String call, String path, int error) throws IOException {
        if (error != W32Errors.ERROR_SUCCESS) {
            throw Failure.of(call + "(HKLM\\" + path + ")", error);
        }
    }

    @Override
    public Optional<RegistryValue> read(String path, String name) throws IOException {
        Optional<Optional<RegistryValue>> found = open(path, WinNT.KEY_QUERY_VALUE, key -> value(key, path, name));
        return found.flatMap(each -> each);
    }

    private static Optional<RegistryValue> value(WinReg.HKEY key, String path, String name) throws IOException {
        IntByReference type = new IntByReference();
        IntByReference size = new IntByReference();
        int error = Advapi32.INSTANCE.RegQueryValueEx(key, name, 0, type, (com.sun.jna.Pointer) null, size);
        if (error == W32Errors.ERROR_FILE_NOT_FOUND) {
            return Optional.empty();
        }
        require("RegQueryValueExW", path, error);
        // Two NULs more than there are, since a stored text need not end with one.
        try (Memory bytes = new Memory(size.getValue() + 2L * Native.WCHAR_SIZE)) {
            bytes.clear();
            require("RegQueryValueExW", path, Advapi32.INSTANCE.RegQueryValueEx(key, name, 0, type, bytes, size));
            return Optional.of(
                    switch (type.getValue()) {
                        case WinNT.REG_SZ -> new RegistryValue.Text(bytes.getWideString(0));
                        case WinNT.REG_EXPAND_SZ -> new RegistryValue.Expandable(bytes.getWideString(0));
                        case WinNT.REG_DWORD -> new RegistryValue.Number(bytes.getInt(0));
                        default -> new RegistryValue.Other(Integer.toString(type.getValue()));
                    });
        }
    }

    @Override
    public void write(String path, String name, RegistryValue value) throws IOException {
        try {
            Advapi32Util.registryCreateKey(MACHINE, path);
            if (value instanceof RegistryValue.Text text) {
                Advapi32Util.registrySetStringValue(MACHINE, path, name, text.value());
            } else if (value instanceof RegistryValue.Expandable text) {
                Advapi32Util.registrySetExpandableStringValue(MACHINE, path, name, text.value());
            } else if (value instanceof RegistryValue.Number number) {
                Advapi32Util.registrySetIntValue(MACHINE, path, name, number.value());
            } else {
                throw new IllegalArgumentException(
                        "registry value: " + value.text() + " (expected: a text or a number)");
            }
        } catch (Win32Exception e) {
            throw Failure.of("RegSetValueExW(HKLM\\" + path + ")", e.getErrorCode());
        }
    }

    @Override
    public void deleteValue(String path, String name) throws IOException {
        open(path, WinNT.KEY_SET_VALUE, key -> {
            int error = Advapi32.INSTANCE.RegDeleteValue(key, name);
            if (error != W32Errors.ERROR_FILE_NOT_FOUND) {
                require("RegDeleteValueW", path, error);
            }
            return true;
        });
    }

    @Override
    public void deleteKey(String path) throws IOException {
        int error = Advapi32.INSTANCE.RegDeleteKey(MACHINE, path);
        if (error != W32Errors.ERROR_FILE_NOT_FOUND) {
            require("RegDeleteKeyW", path, error);
        }
    }

    @Override
    public void deleteKeyIfEmpty(String path) throws IOException {
        Optional<Boolean> empty = open(path, WinNT.KEY_QUERY_VALUE, key -> {
            IntByReference keys = new IntByReference();
            IntByReference values = new IntByReference();
            int error = Advapi32.INSTANCE.RegQueryInfoKey(
                    key, null, null, null, keys, null, null, values, null, null, null, null);
            require("RegQueryInfoKeyW", path, error);
            return keys.getValue() == 0 && values.getValue() == 0;
        });
        if (empty.orElse(false)) {
            deleteKey(path);
        }
    }

    @Override
    public boolean exists(String path) throws IOException {
        return open(path, WinNT.KEY_QUERY_VALUE, key -> true).isPresent();
    }

    @Override
    public List<String> keys(String path) throws IOException {
        try {
            return exists(path) ? List.of(Advapi32Util.registryGetKeys(MACHINE, path)) : List.of();
        } catch (Win32Exception e) {
            throw Failure.of("RegEnumKeyExW(HKLM\\" + path + ")", e.getErrorCode());
        }
    }
}
