/* Custom actions of the package: leave what the agent needs to enroll at its first start where only it can read it, and wait for
 * the end of its process.
 *
 * A program would get the token on its command line, which other programs and audit logs can see; a library gets it from the
 * installer. CustomActionData is "SERVER TOKEN FOLDER"; SERVER may be empty. */
#include <windows.h>

#include <msi.h>
#include <msiquery.h>
#include <sddl.h>
#include <stdbool.h>
#include <stdio.h>
#include <wchar.h>

#include <aclapi.h>

/* The same as the agent gives its folder: the system and the administrators, nothing from above. */
#define FOLDER_ACCESS L"O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
#define FILE_ACCESS L"O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)"
#define FILE_NAME L"\\enroll.json"
#define LONGEST 2048
#define END_MILLISECONDS 60000
#define POLL_MILLISECONDS 100

struct wish {
    WCHAR data[LONGEST];
    const WCHAR *server, *token, *folder;
};

static UINT refuse(MSIHANDLE session, const WCHAR *format, ...) {
    WCHAR text[1024];
    va_list args;
    va_start(args, format);
    vswprintf(text, 1024, format, args);
    va_end(args);
    MSIHANDLE record = MsiCreateRecord(1);
    MsiRecordSetStringW(record, 0, L"[1]");
    MsiRecordSetStringW(record, 1, text);
    MsiProcessMessage(session, INSTALLMESSAGE_ERROR, record);
    MsiCloseHandle(record);
    return ERROR_INSTALL_FAILURE;
}

static bool split(MSIHANDLE session, struct wish *wish) {
    DWORD size = LONGEST;
    if (MsiGetPropertyW(session, L"CustomActionData", wish->data, &size) != ERROR_SUCCESS) return false;
    WCHAR *first = wcschr(wish->data, L' ');
    WCHAR *second = first ? wcschr(first + 1, L' ') : NULL;
    if (!second || !second[1]) return false;
    *first = *second = 0;
    wish->server = wish->data;
    wish->token = first + 1;
    wish->folder = second + 1;
    return true;
}

/* Nothing but these: so the file needs no escapes, and what is wrong is said now and not at the first start. */
static bool only(const WCHAR *text, const WCHAR *allowed) {
    return wcsspn(text, allowed) == wcslen(text);
}

#define ALPHANUMERIC L"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

static bool trusted_owner(PSID owner) {
    return IsWellKnownSid(owner, WinLocalSystemSid) || IsWellKnownSid(owner, WinBuiltinAdministratorsSid);
}

/* Every user may make folders in ProgramData: one that is there already has to be the system's or the administrators'. */
static DWORD check_folder(const WCHAR *folder) {
    HANDLE h = CreateFileW(folder, READ_CONTROL | WRITE_DAC | FILE_READ_ATTRIBUTES, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                           FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
    if (h == INVALID_HANDLE_VALUE) return GetLastError();
    BY_HANDLE_FILE_INFORMATION info;
    PSID owner = NULL;
    PSECURITY_DESCRIPTOR found = NULL, wanted = NULL;
    PACL access = NULL;
    BOOL present, defaulted;
    DWORD error = ERROR_INVALID_OWNER;
    if (GetFileInformationByHandle(h, &info) && (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) &&
        !(info.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) &&
        GetSecurityInfo(h, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION, &owner, NULL, NULL, NULL, &found) == ERROR_SUCCESS && trusted_owner(owner)) {
        error = ConvertStringSecurityDescriptorToSecurityDescriptorW(FOLDER_ACCESS, SDDL_REVISION_1, &wanted, NULL) &&
                        GetSecurityDescriptorDacl(wanted, &present, &access, &defaulted)
                    ? SetSecurityInfo(h, SE_FILE_OBJECT, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION, NULL, NULL, access, NULL)
                    : GetLastError();
    }
    LocalFree(found);
    LocalFree(wanted);
    CloseHandle(h);
    return error;
}

static DWORD make_folder(const WCHAR *folder) {
    SECURITY_ATTRIBUTES security = {sizeof security, NULL, FALSE};
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(FOLDER_ACCESS, SDDL_REVISION_1, &security.lpSecurityDescriptor, NULL))
        return GetLastError();
    DWORD error = CreateDirectoryW(folder, &security) ? ERROR_SUCCESS : GetLastError();
    LocalFree(security.lpSecurityDescriptor);
    return error == ERROR_ALREADY_EXISTS ? check_folder(folder) : error;
}

/* Whole or not at all: written beside, then moved over. */
static DWORD write_file(const WCHAR *path, const char *bytes) {
    WCHAR beside[LONGEST];
    DWORD written, error;
    SECURITY_ATTRIBUTES security = {sizeof security, NULL, FALSE};
    swprintf(beside, LONGEST, L"%ls.new", path);
    DeleteFileW(beside); /* one that was left over keeps its own access list */
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(FILE_ACCESS, SDDL_REVISION_1, &security.lpSecurityDescriptor, NULL))
        return GetLastError();
    HANDLE h = CreateFileW(beside, GENERIC_WRITE, 0, &security, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    error = h == INVALID_HANDLE_VALUE ? GetLastError() : ERROR_SUCCESS;
    LocalFree(security.lpSecurityDescriptor);
    if (error) return error;
    if (!WriteFile(h, bytes, (DWORD)strlen(bytes), &written, NULL) || !FlushFileBuffers(h)) error = GetLastError();
    CloseHandle(h);
    if (!error && !MoveFileExW(beside, path, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) error = GetLastError();
    if (error) DeleteFileW(beside);
    return error;
}

/* Deferred, as the system. */
__declspec(dllexport) UINT WINAPI LeaveEnrollment(MSIHANDLE session) {
    struct wish wish;
    WCHAR path[LONGEST];
    char content[2 * LONGEST];
    if (!split(session, &wish)) return refuse(session, L"Cordon: CORDON_SERVER or CORDON_TOKEN: too long, or with a space in it.");
    if (*wish.server && (wcsncmp(wish.server, L"https://", 8) != 0 || !only(wish.server + 8, ALPHANUMERIC L".-:[]/")))
        return refuse(session, L"Cordon: CORDON_SERVER: %ls (expected: https://HOST[:PORT]).", wish.server);
    if (wcsncmp(wish.token, L"cet1.", 5) != 0 || !only(wish.token, ALPHANUMERIC L"._-"))
        return refuse(session, L"Cordon: CORDON_TOKEN: not an enrollment token (expected: text that begins with \"cet1.\").");
    DWORD error = make_folder(wish.folder);
    if (error == ERROR_INVALID_OWNER)
        return refuse(session, L"Cordon: %ls was made by another account before Cordon came. Look at what is in it, remove it, and install again.", wish.folder);
    if (!error) {
        if (*wish.server) snprintf(content, sizeof content, "{\"server\":\"%ls\",\"token\":\"%ls\"}\n", wish.server, wish.token);
        else snprintf(content, sizeof content, "{\"token\":\"%ls\"}\n", wish.token);
        swprintf(path, LONGEST, L"%ls" FILE_NAME, wish.folder);
        error = write_file(path, content);
        SecureZeroMemory(content, sizeof content);
    }
    SecureZeroMemory(wish.data, sizeof wish.data);
    return error ? refuse(session, L"Cordon: the enrollment could not be stored (error %lu).", error) : ERROR_SUCCESS;
}

/* Rollback: a package that was not installed leaves no token behind. */
__declspec(dllexport) UINT WINAPI ForgetEnrollment(MSIHANDLE session) {
    struct wish wish;
    WCHAR path[LONGEST];
    if (split(session, &wish)) {
        swprintf(path, LONGEST, L"%ls" FILE_NAME, wish.folder);
        DeleteFileW(path);
        RemoveDirectoryW(wish.folder); /* only when it is empty: when it is there because of us */
    }
    return ERROR_SUCCESS;
}

/* Nobody may write to a program that runs. */
static bool runs(const WCHAR *program) {
    HANDLE h = CreateFileW(program, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    DWORD error = GetLastError();
    if (h != INVALID_HANDLE_VALUE) CloseHandle(h);
    return h == INVALID_HANDLE_VALUE && error == ERROR_SHARING_VIOLATION;
}

/* Deferred, as the system. A service says that it has stopped before its process is gone. CustomActionData is the program. */
__declspec(dllexport) UINT WINAPI AwaitEnd(MSIHANDLE session) {
    WCHAR program[LONGEST];
    DWORD size = LONGEST;
    if (MsiGetPropertyW(session, L"CustomActionData", program, &size) != ERROR_SUCCESS) return ERROR_SUCCESS;
    ULONGLONG end = GetTickCount64() + END_MILLISECONDS;
    while (runs(program) && GetTickCount64() < end) Sleep(POLL_MILLISECONDS);
    return ERROR_SUCCESS;
}
