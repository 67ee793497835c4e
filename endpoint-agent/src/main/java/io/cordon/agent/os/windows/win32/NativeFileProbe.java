package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.WindowsProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file systems of this machine, as the service sees them. */
public final class NativeFileProbe implements WindowsProbe {
    private static final int LINE_LIMIT = 4096;
    /** ERROR_FILE_NOT_FOUND, _PATH_NOT_FOUND, _INVALID_NAME, _CANT_RESOLVE_FILENAME (too many links). */
    private static final List<Integer> MISSING = List.of(2, 3, 123, 1921);

    @Override
    public Kind kind(String path) {
        try {
            Optional<OpenFile> found = OpenFile.open(null, path, OpenFile.LOOK, 0, null);
            if (found.isEmpty()) {
                return Kind.MISSING;
            }
            try (OpenFile file = found.get()) {
                int attributes = file.facts().dwFileAttributes;
                if ((attributes & FileConstants.FILE_ATTRIBUTE_REPARSE_POINT) != 0) {
                    return Kind.REPARSE_POINT;
                }
                return (attributes & FileConstants.FILE_ATTRIBUTE_DIRECTORY) != 0 ? Kind.DIRECTORY : Kind.FILE;
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static UnreadableException unreadable(String path, IOException e) {
        return new UnreadableException(path + ": cannot be looked at: " + e.getMessage());
    }

    @Override
    public @Nullable String canonical(String path) {
        HANDLE handle = Kernel32Files.Loaded.INSTANCE.CreateFileW(
                new WString("\\\\?\\" + path),
                FileConstants.FILE_READ_ATTRIBUTES,
                FileConstants.FILE_SHARE_READ | FileConstants.FILE_SHARE_WRITE | FileConstants.FILE_SHARE_DELETE,
                null,
                ProcessConstants.OPEN_EXISTING,
                FileConstants.FILE_FLAG_BACKUP_SEMANTICS,
                null);
        if (handle == null || Pointer.nativeValue(handle.getPointer()) == -1L) {
            int error = Native.getLastError();
            if (MISSING.contains(error)) {
                return null;
            }
            throw new UnreadableException(path + ": cannot be resolved: error " + error);
        }
        try (OpenFile file = new OpenFile(handle)) {
            return file.finalPath();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public @Nullable List<String> names(String directory, int limit) {
        if (kind(directory) != Kind.DIRECTORY) {
            return List.of();
        }
        try (OpenFile folder = OpenFile.open(null, directory, OpenFile.LOOK, 0, null)
                .orElseThrow(() -> new IOException("it is gone"))) {
            List<String> names = folder.names().stream().sorted().toList();
            return names.size() > limit ? null : names;
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    @Override
    public String firstLine(String path) {
        if (kind(path) != Kind.FILE) {
            return "";
        }
        try (BufferedReader reader = Files.newBufferedReader(Path.of(path), StandardCharsets.UTF_8)) {
            char[] line = new char[LINE_LIMIT];
            String text = new String(line, 0, Math.max(0, reader.read(line)));
            return text.lines().findFirst().orElse("");
        } catch (IOException e) {
            throw unreadable(path, e);
        } catch (InvalidPathException e) {
            return "";
        }
    }

    @Override
    public @Nullable Sid owner(String path) {
        try {
            Optional<OpenFile> found = OpenFile.open(null, path, OpenFile.LOOK, 0, null);
            if (found.isEmpty()) {
                return null;
            }
            try (OpenFile file = found.get()) {
                return file.descriptor().owner();
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public Volume volume(String path) {
        String root = path.substring(0, 3);
        int type = Kernel32.INSTANCE.GetDriveType(root);
        boolean local = type == FileConstants.DRIVE_FIXED
                || type == FileConstants.DRIVE_REMOVABLE
                || type == FileConstants.DRIVE_RAMDISK;
        char[] device = new char[1024];
        int length = Kernel32.INSTANCE.QueryDosDevice(root.substring(0, 2), device, device.length);
        boolean substituted = length > 0 && Native.toString(device).startsWith("\\??\\");
        IntByReference flags = new IntByReference();
        char[] fileSystem = new char[261];
        boolean known =
                Kernel32.INSTANCE.GetVolumeInformation(root, null, 0, null, null, flags, fileSystem, fileSystem.length);
        return new Volume(
                local && known,
                substituted,
                known && (flags.getValue() & FileConstants.FILE_PERSISTENT_ACLS) != 0,
                known ? Native.toString(fileSystem) : "unknown");
    }
}
