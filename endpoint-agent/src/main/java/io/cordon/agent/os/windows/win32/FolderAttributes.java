package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinDef.DWORD;
import java.io.IOException;
import java.util.Optional;

/** Attributes of files and folders; neither call follows a link. */
final class FolderAttributes {
    private FolderAttributes() {}

    static Optional<Integer> of(String path) throws IOException {
        int attributes = Kernel32.INSTANCE.GetFileAttributes(path);
        if (attributes != ProcessConstants.INVALID_FILE_ATTRIBUTES) {
            return Optional.of(attributes);
        }
        int error = Native.getLastError();
        if (error == AccountConstants.ERROR_FILE_NOT_FOUND || error == FileConstants.ERROR_PATH_NOT_FOUND) {
            return Optional.empty();
        }
        throw Failure.of("GetFileAttributesW(" + path + ")", error);
    }

    static void set(String path, int attributes) throws IOException {
        if (!Kernel32.INSTANCE.SetFileAttributes(path, new DWORD(attributes))) {
            throw Failure.last("SetFileAttributesW(" + path + ")");
        }
    }
}
