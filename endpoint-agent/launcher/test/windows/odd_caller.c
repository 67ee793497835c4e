/* Starts cordon.exe as a Windows program can and a Unix one cannot.
 *   odd-caller surrogates CORDON.EXE     arguments and a variable that hold lone surrogates
 *   odd-caller detached CORDON.EXE       without standard handles
 * Exits with its status. */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

static DWORD finish(PROCESS_INFORMATION *p) {
    DWORD status = 99;
    WaitForSingleObject(p->hProcess, INFINITE);
    GetExitCodeProcess(p->hProcess, &status);
    return status;
}

static PROCESS_INFORMATION start(WCHAR *line, DWORD flags, STARTUPINFOW *startup) {
    PROCESS_INFORMATION p = {0};
    startup->cb = sizeof *startup;
    if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, flags, NULL, NULL, startup, &p)) {
        fprintf(stderr, "odd-caller: CreateProcessW: error %lu\n", GetLastError());
        ExitProcess(98);
    }
    return p;
}

static DWORD surrogates(const WCHAR *program) {
    WCHAR line[1024];
    STARTUPINFOW startup = {0};
    SetEnvironmentVariableW(L"ODD\xE9", L"x\xDC80y");
    swprintf(line, 1024, L"\"%ls\" run -- a\xD800" L"b \xDC27\xD83D \xD83D\xDC27 *.c \"q\\\"uote\"", program);
    PROCESS_INFORMATION p = start(line, 0, &startup);
    return finish(&p);
}

static DWORD detached(const WCHAR *program) {
    WCHAR line[1024];
    STARTUPINFOW startup = {.dwFlags = STARTF_USESTDHANDLES};
    swprintf(line, 1024, L"\"%ls\" run -- x", program);
    PROCESS_INFORMATION p = start(line, DETACHED_PROCESS, &startup);
    return finish(&p);
}

int wmain(int argc, WCHAR **argv) {
    if (argc < 3) return 97;
    if (wcscmp(argv[1], L"surrogates") == 0) return (int)surrogates(argv[2]);
    if (wcscmp(argv[1], L"detached") == 0) return (int)detached(argv[2]);
    return 97;
}
