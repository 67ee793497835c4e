package io.cordon.agent.os.windows.access;

/** Rights to files and folders, as bits of an access mask (MS-DTYP 2.4.3, winnt.h; names as there). */
public final class AccessMask {
    /** Also FILE_LIST_DIRECTORY. */
    public static final int FILE_READ_DATA = 0x1;
    /** Also FILE_ADD_FILE. */
    public static final int FILE_WRITE_DATA = 0x2;
    /** Also FILE_ADD_SUBDIRECTORY. */
    public static final int FILE_APPEND_DATA = 0x4;

    public static final int FILE_READ_EA = 0x8;
    public static final int FILE_WRITE_EA = 0x10;
    /** Also FILE_TRAVERSE. */
    public static final int FILE_EXECUTE = 0x20;

    public static final int FILE_DELETE_CHILD = 0x40;
    public static final int FILE_READ_ATTRIBUTES = 0x80;
    public static final int FILE_WRITE_ATTRIBUTES = 0x100;
    public static final int DELETE = 0x10000;
    public static final int READ_CONTROL = 0x20000;
    public static final int WRITE_DAC = 0x40000;
    public static final int WRITE_OWNER = 0x80000;
    public static final int SYNCHRONIZE = 0x100000;
    public static final int GENERIC_ALL = 0x10000000;
    public static final int GENERIC_EXECUTE = 0x20000000;
    public static final int GENERIC_WRITE = 0x40000000;
    public static final int GENERIC_READ = 0x80000000;

    public static final int FILE_ALL_ACCESS = 0x1F01FF;
    public static final int FILE_GENERIC_READ = 0x120089;
    public static final int FILE_GENERIC_WRITE = 0x120116;
    public static final int FILE_GENERIC_EXECUTE = 0x1200A0;

    /**
     * Read, write, run and delete: 0x1301BF. Without FILE_DELETE_CHILD, by which a protected child could be deleted through its
     * parent whatever its own entries say.
     */
    static final int MODIFY = FILE_GENERIC_READ | FILE_GENERIC_WRITE | FILE_GENERIC_EXECUTE | DELETE;

    /** The part of a removal or take-over that FILE_GENERIC_WRITE does not hold. */
    static final int REMOVE = DELETE | FILE_DELETE_CHILD | WRITE_DAC | WRITE_OWNER;

    /**
     * Every right by which an object is changed, and no other: FILE_GENERIC_WRITE itself contains READ_CONTROL and SYNCHRONIZE,
     * without which nothing can be read either.
     */
    static final int ANY_WRITE = (FILE_GENERIC_WRITE & ~(READ_CONTROL | SYNCHRONIZE)) | REMOVE;

    private AccessMask() {}

    /** The mask with generic rights replaced by what they mean for a file. */
    static int mapped(int mask) {
        int all = mask & 0x0FFFFFFF;
        all |= (mask & GENERIC_ALL) != 0 ? FILE_ALL_ACCESS : 0;
        all |= (mask & GENERIC_READ) != 0 ? FILE_GENERIC_READ : 0;
        all |= (mask & GENERIC_WRITE) != 0 ? FILE_GENERIC_WRITE : 0;
        all |= (mask & GENERIC_EXECUTE) != 0 ? FILE_GENERIC_EXECUTE : 0;
        return all;
    }
}
