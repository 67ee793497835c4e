#include "pipe_bridge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static HANDLE pipe_handle, changed;
static HANDLE client;            /* process */
static HANDLE pty_in, pty_out;   /* our ends: what is typed, what is shown */
static CRITICAL_SECTION output;

static void tell(char type, const void *bytes, DWORD n) {
    HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE);
    unsigned char header[5] = {(unsigned char)type, n & 0xFF, n >> 8 & 0xFF, n >> 16 & 0xFF, n >> 24 & 0xFF};
    DWORD written;
    EnterCriticalSection(&output);
    WriteFile(out, header, sizeof header, &written, NULL);
    if (n) WriteFile(out, bytes, n, &written, NULL);
    LeaveCriticalSection(&output);
}

static void die(const char *what) {
    fprintf(stderr, "pipe-bridge: %s: error %lu\n", what, GetLastError());
    ExitProcess(1);
}

HANDLE make_pipe(const WCHAR *name, DWORD open_mode) {
    return CreateNamedPipeW(name, open_mode | FILE_FLAG_FIRST_PIPE_INSTANCE, PIPE_TYPE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS, 1, 65536,
                            65536, 0, NULL);
}

static bool transfer(BOOL begun, OVERLAPPED *o, DWORD *n) {
    return (begun || GetLastError() == ERROR_IO_PENDING) && GetOverlappedResult(pipe_handle, o, n, TRUE);
}

static void send_bytes(const char *bytes, DWORD n) {
    OVERLAPPED o = {.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
    DWORD written;
    transfer(WriteFile(pipe_handle, bytes, n, NULL, &o), &o, &written);
    CloseHandle(o.hEvent);
}

static DWORD WINAPI read_typed(void *unused) {
    (void)unused;
    char bytes[4096];
    DWORD n;
    while (ReadFile(pty_in, bytes, sizeof bytes, &n, NULL)) tell('I', bytes, n);
    return 0;
}

static void make_pty(void) {
    HANDLE theirs_in, theirs_out, in = NULL, out = NULL;
    if (!CreatePipe(&pty_in, &theirs_in, NULL, 0) || !CreatePipe(&theirs_out, &pty_out, NULL, 0)) die("CreatePipe");
    DWORD move = DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE;
    if (!DuplicateHandle(GetCurrentProcess(), theirs_in, client, &in, 0, FALSE, move) ||
        !DuplicateHandle(GetCurrentProcess(), theirs_out, client, &out, 0, FALSE, move))
        die("DuplicateHandle");
    char frame[128];
    int n = snprintf(frame + 4, sizeof frame - 4, "{\"t\":\"pty\",\"in\":%llu,\"out\":%llu}", (unsigned long long)(UINT_PTR)in,
                     (unsigned long long)(UINT_PTR)out);
    memcpy(frame, &n, 4);
    CreateThread(NULL, 0, read_typed, NULL, 0, NULL);
    send_bytes(frame, (DWORD)n + 4);
}

static void write_to_handle_of_client(const char *text) {
    char *rest;
    HANDLE theirs = (HANDLE)(UINT_PTR)strtoull(text, &rest, 10), ours;
    DWORD written;
    if (*rest != ' ' || !DuplicateHandle(client, theirs, GetCurrentProcess(), &ours, 0, FALSE, DUPLICATE_SAME_ACCESS)) die("DuplicateHandle");
    if (!WriteFile(ours, rest + 1, (DWORD)strlen(rest + 1), &written, NULL)) die("WriteFile");
    CloseHandle(ours);
}

/* Until the client has read what was sent: disconnecting would drop the rest, and what else reaches it now comes second. */
static void flush(void) {
    FlushFileBuffers(pipe_handle);
    tell('F', NULL, 0);
}

static void obey(char type, char *content, DWORD n) {
    DWORD written;
    switch (type) {
        case 'S': send_bytes(content, n); break;
        case 'H': write_to_handle_of_client(content); break;
        case 'P': make_pty(); break;
        case 'O': WriteFile(pty_out, content, n, &written, NULL); break;
        case 'E': CloseHandle(pty_out); break;
        case 'F': flush(); break;
        case 'C': DisconnectNamedPipe(pipe_handle); break;
        default: die("unknown command");
    }
}

static bool exactly(void *into, DWORD n) {
    for (DWORD at = 0, got; at < n; at += got)
        if (!ReadFile(GetStdHandle(STD_INPUT_HANDLE), (char *)into + at, n - at, &got, NULL) || !got) return false;
    return true;
}

static DWORD WINAPI read_commands(void *unused) {
    (void)unused;
    unsigned char header[5];
    while (exactly(header, sizeof header)) {
        DWORD n = header[1] | (DWORD)header[2] << 8 | (DWORD)header[3] << 16 | (DWORD)header[4] << 24;
        char *content = calloc(1, (size_t)n + 1);
        if (!content || !exactly(content, n)) break;
        obey((char)header[0], content, n);
        free(content);
    }
    ExitProcess(0);
}

static void serve_client(void) {
    static char bytes[65536];
    ULONG pid = 0;
    DWORD n;
    GetNamedPipeClientProcessId(pipe_handle, &pid);
    client = OpenProcess(PROCESS_DUP_HANDLE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
    n = (DWORD)snprintf(bytes, sizeof bytes, "%lu", pid);
    tell('N', bytes, n);
    OVERLAPPED o = {.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
    while (transfer(ReadFile(pipe_handle, bytes, sizeof bytes, NULL, &o), &o, &n)) tell('D', bytes, n);
    CloseHandle(o.hEvent);
    CloseHandle(client);
    tell('X', NULL, 0);
    DisconnectNamedPipe(pipe_handle);
}

int wmain(int argc, WCHAR **argv) {
    if (argc > 1 && wcscmp(argv[1], L"service") == 0) return run_service();
    InitializeCriticalSection(&output);
    pipe_handle = make_pipe(argc > 1 ? argv[1] : L"\\\\.\\pipe\\cordon", PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED);
    if (pipe_handle == INVALID_HANDLE_VALUE) die("CreateNamedPipeW");
    changed = CreateEventW(NULL, TRUE, FALSE, NULL);
    tell('R', NULL, 0);
    CreateThread(NULL, 0, read_commands, NULL, 0, NULL);
    for (;;) {
        OVERLAPPED o = {.hEvent = changed};
        DWORD n;
        ResetEvent(changed);
        BOOL begun = ConnectNamedPipe(pipe_handle, &o);
        if (begun || GetLastError() == ERROR_PIPE_CONNECTED || transfer(FALSE, &o, &n)) serve_client();
    }
}
