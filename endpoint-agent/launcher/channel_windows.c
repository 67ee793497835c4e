#include "channel_windows.h"

#include <aclapi.h>
#include <stdlib.h>
#include <string.h>

#include "os.h"
#include "utf16.h"

#define DEFAULT_PIPE "\\\\.\\pipe\\cordon"
#define LOCAL_PIPES "\\\\.\\pipe\\"
#define SERVICE L"CordonAgent"
#define BUSY_MILLISECONDS 10000

static HANDLE channel = INVALID_HANDLE_VALUE;
static OVERLAPPED reading, writing;
static char received[65536];

static int refuse(const char *pipe, const char *why, const char *then) {
    struct buf b = {0};
    buf_text(&b, "cordon: ");
    buf_text(&b, pipe);
    buf_text(&b, why);
    buf_text(&b, "; nothing was run");
    buf_text(&b, then);
    buf_put(&b, "\n", 2);
    os_print(2, b.failed ? "cordon: out of memory; nothing was run\n" : b.data);
    buf_free(&b);
    return EXIT_CORDON;
}

/* What the system says of an error, in the user's language; the number where it says nothing. */
static void describe(struct buf *b, DWORD error) {
    WCHAR text[512];
    DWORD n = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, error, 0, text, 512, NULL);
    while (n && (text[n - 1] <= L' ' || text[n - 1] == L'.')) n--;
    char *bytes = n ? utf8_from_utf16((const uint16_t *)text, n) : NULL;
    if (bytes) buf_text(b, bytes);
    else buf_printf(b, "error %lu", (unsigned long)error);
    free(bytes);
}

static int absent(const char *pipe, DWORD error) {
    struct buf b = {0};
    bool denied = error == ERROR_ACCESS_DENIED;
    buf_text(&b, denied ? "cordon: this account may not ask the Cordon agent (" : "cordon: the Cordon agent is not running (");
    buf_text(&b, pipe);
    buf_text(&b, ": ");
    describe(&b, error);
    buf_text(&b, denied ? "); nothing was run\n" : "); nothing was run. Start it with: sc start CordonAgent\n");
    buf_put(&b, "", 1);
    os_print(2, b.failed ? "cordon: the Cordon agent is not running; nothing was run\n" : b.data);
    buf_free(&b);
    return EXIT_CORDON;
}

/* The rights are the least that a client needs: FILE_APPEND_DATA, which is in GENERIC_WRITE, would be making an instance. */
static HANDLE open_pipe(const WCHAR *name) {
    ULONGLONG end = GetTickCount64() + BUSY_MILLISECONDS;
    for (;;) {
        HANDLE h = CreateFileW(name, FILE_GENERIC_READ | FILE_WRITE_DATA, 0, NULL, OPEN_EXISTING,
                               FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IMPERSONATION, NULL);
        if (h != INVALID_HANDLE_VALUE || GetLastError() != ERROR_PIPE_BUSY) return h;
        ULONGLONG now = GetTickCount64();
        if (now >= end) {
            SetLastError(ERROR_PIPE_BUSY);
            return h;
        }
        WaitNamedPipeW(name, (DWORD)(end - now)); /* whatever it says, the next attempt tells */
    }
}

static bool held_by_service(DWORD server) {
    SERVICE_STATUS_PROCESS status = {0};
    DWORD size;
    SC_HANDLE services = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    SC_HANDLE agent = services ? OpenServiceW(services, SERVICE, SERVICE_QUERY_STATUS) : NULL;
    bool known = agent && QueryServiceStatusEx(agent, SC_STATUS_PROCESS_INFO, (BYTE *)&status, sizeof status, &size);
    if (agent) CloseServiceHandle(agent);
    if (services) CloseServiceHandle(services);
    return known && status.dwProcessId != 0 && status.dwProcessId == server;
}

static bool user_of(HANDLE process, TOKEN_USER *user, DWORD size) {
    HANDLE token;
    if (!OpenProcessToken(process, TOKEN_QUERY, &token)) return false;
    bool known = GetTokenInformation(token, TokenUser, user, size, &size);
    CloseHandle(token);
    return known;
}

/* Only asked of a pipe that the caller named: whoever shares the caller's account could as well replace the caller. */
static bool held_by_own_user(DWORD server) {
    union {
        TOKEN_USER user;
        BYTE bytes[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    } own, other;
    HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, server);
    if (!process) return false;
    bool same = user_of(GetCurrentProcess(), &own.user, sizeof own) && user_of(process, &other.user, sizeof other) &&
                EqualSid(own.user.User.Sid, other.user.User.Sid);
    CloseHandle(process);
    return same;
}

int channel_open(bool quiet, bool service_only) {
    const char *name = os_variable("CORDON_PIPE");
    bool custom = name && *name;
    if (!custom) name = DEFAULT_PIPE;
    /* Anything else could be a pipe of another machine, which must not get to impersonate us. */
    if (strncmp(name, LOCAL_PIPES, strlen(LOCAL_PIPES)) != 0) return refuse("CORDON_PIPE", ": not a local pipe (expected: " LOCAL_PIPES "NAME)", "");
    size_t n;
    uint16_t *wide = utf16_from_utf8(name, &n);
    if (!wide) return refuse(name, ": out of memory", "");
    channel = open_pipe((const WCHAR *)wide);
    DWORD error = GetLastError();
    free(wide);
    if (channel == INVALID_HANDLE_VALUE && error == ERROR_PIPE_BUSY)
        return refuse(name, ": the Cordon agent is too busy to answer (waited 10 s)", ". Try again");
    if (channel == INVALID_HANDLE_VALUE) return quiet ? EXIT_CORDON : absent(name, error);
    ULONG server = 0;
    bool trusted = GetNamedPipeServerProcessId(channel, &server) && (held_by_service(server) || (custom && !service_only && held_by_own_user(server)));
    if (!trusted) {
        CloseHandle(channel);
        return refuse(name, " is not held by the service CordonAgent", "");
    }
    reading.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    writing.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    return reading.hEvent && writing.hEvent ? 0 : refuse(name, ": no event can be made", "");
}

bool channel_send(const struct buf *bytes, HANDLE give_up) {
    HANDLE waits[] = {writing.hEvent, give_up};
    for (size_t at = 0; at < bytes->len;) {
        DWORD written = 0;
        if (!WriteFile(channel, bytes->data + at, (DWORD)(bytes->len - at), NULL, &writing) && GetLastError() != ERROR_IO_PENDING) return false;
        if (WaitForMultipleObjects(give_up ? 2 : 1, waits, FALSE, INFINITE) != WAIT_OBJECT_0) CancelIoEx(channel, &writing);
        if (!GetOverlappedResult(channel, &writing, &written, TRUE)) return false;
        at += written;
    }
    return true;
}

/* A read that ends at once also sets the event; one that fails is told by channel_received(). */
HANDLE channel_receive(void) {
    ResetEvent(reading.hEvent);
    if (!ReadFile(channel, received, sizeof received, NULL, &reading) && GetLastError() != ERROR_IO_PENDING) {
        reading.Internal = (ULONG_PTR)0xC000014B; /* STATUS_PIPE_BROKEN */
        SetEvent(reading.hEvent);
    }
    return reading.hEvent;
}

bool channel_received(struct buf *in) {
    DWORD n = 0;
    if (!GetOverlappedResult(channel, &reading, &n, FALSE)) return GetLastError() == ERROR_IO_INCOMPLETE;
    buf_put(in, received, n);
    channel_receive();
    return !in->failed;
}
