/*
 * cordon-console gives a run a console of its own. It runs as the run does: with its token, in its job, on its desktop; so what
 * Windows starts to host the console (conhost.exe) does too, and reads what confined programs make of it with no more rights than
 * they have.
 *
 *   cordon-console COLUMNS ROWS INPUT OUTPUT CONTROL STDIN STDOUT STDERR "PROGRAM" COMMAND LINE
 *
 * INPUT to STDERR are values of inherited handles: what is typed comes from INPUT, what is shown goes to OUTPUT; from CONTROL come
 * new sizes, columns and rows, two bytes each, low byte first. STDIN to STDERR are 0 where the command's stream is the console. The
 * exit status is the command's; 125 and a line on OUTPUT when there is no console or the program does not start.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#define EXIT_CORDON 125
#define DRAIN_MILLISECONDS 5000 /* older systems close a console only when everything was read */
#define MAX_CELLS 32767
#define CONSOLE_ATTRIBUTE 0x20016 /* PROC_THREAD_ATTRIBUTE_PSEUDOCONSOLE */

/* Looked up: an older Windows lacks them, and the program should be able to say so. */
static HRESULT(WINAPI *create_console)(COORD size, HANDLE input, HANDLE output, DWORD flags, void **console);
static HRESULT(WINAPI *resize_console)(void *console, COORD size);
static void(WINAPI *close_console)(void *console);

static HANDLE control, output;
static void *console;

static int failed(const char *what, DWORD error) {
    char text[160];
    int n = snprintf(text, sizeof text, "cordon: %s: error %lu\r\n", what, (unsigned long)error);
    DWORD written;
    if (output && n > 0) WriteFile(output, text, (DWORD)n, &written, NULL);
    return EXIT_CORDON;
}

/* One number and the blank after it. */
static bool number(const WCHAR **at, unsigned long long max, unsigned long long *value) {
    *value = 0;
    if (**at < L'0' || **at > L'9') return false;
    while (**at >= L'0' && **at <= L'9') {
        *value = *value * 10 + (unsigned)(*(*at)++ - L'0');
        if (*value > max) return false;
    }
    return *(*at)++ == L' ';
}

/* A path in quotation marks, none inside, and the blank after it; what is between them becomes a text of its own. */
static WCHAR *quoted(const WCHAR **at) {
    if (*(*at)++ != L'"') return NULL;
    const WCHAR *end = *at;
    while (*end && *end != L'"') end++;
    if (*end != L'"' || end[1] != L' ') return NULL;
    size_t length = (size_t)(end - *at);
    WCHAR *path = calloc(length + 1, sizeof *path);
    if (path) memcpy(path, *at, length * sizeof *path);
    *at = end + 2;
    return path;
}

static bool read_all(unsigned char *bytes, DWORD length) {
    for (DWORD at = 0; at < length;) {
        DWORD n = 0;
        if (!ReadFile(control, bytes + at, length - at, &n, NULL) || n == 0) return false;
        at += n;
    }
    return true;
}

static DWORD WINAPI follow_sizes(void *unused) {
    (void)unused;
    unsigned char size[4];
    while (read_all(size, sizeof size)) {
        int columns = size[0] | size[1] << 8, rows = size[2] | size[3] << 8;
        if (columns >= 1 && columns <= MAX_CELLS && rows >= 1 && rows <= MAX_CELLS) {
            resize_console(console, (COORD){(SHORT)columns, (SHORT)rows});
        }
    }
    return 0;
}

static DWORD WINAPI close_it(void *unused) {
    (void)unused;
    close_console(console);
    return 0;
}

/* Our own use of them is not the command's. */
static bool keep(HANDLE handle) {
    return SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0);
}

static bool start(const WCHAR *program, WCHAR *command_line, HANDLE streams[3], PROCESS_INFORMATION *process) {
    HANDLE inherited[3];
    DWORD count = 0;
    for (int i = 0; i < 3; i++) {
        bool known = !streams[i];
        for (DWORD j = 0; j < count; j++) known |= inherited[j] == streams[i];
        if (!known) inherited[count++] = streams[i];
    }
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(NULL, 2, 0, &size);
    STARTUPINFOEXW startup = {.StartupInfo = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES}};
    startup.StartupInfo.hStdInput = streams[0];
    startup.StartupInfo.hStdOutput = streams[1];
    startup.StartupInfo.hStdError = streams[2];
    startup.lpAttributeList = malloc(size);
    return startup.lpAttributeList && InitializeProcThreadAttributeList(startup.lpAttributeList, 2, 0, &size) &&
           UpdateProcThreadAttribute(startup.lpAttributeList, 0, CONSOLE_ATTRIBUTE, console, sizeof console, NULL, NULL) &&
           (!count || UpdateProcThreadAttribute(startup.lpAttributeList, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, inherited,
                                                count * sizeof *inherited, NULL, NULL)) &&
           CreateProcessW(program, command_line, NULL, NULL, count > 0, EXTENDED_STARTUPINFO_PRESENT, NULL, NULL, &startup.StartupInfo,
                          process);
}

static bool find_functions(void) {
    HMODULE kernel = GetModuleHandleW(L"kernel32");
    create_console = (__typeof__(create_console))(void (*)(void))GetProcAddress(kernel, "CreatePseudoConsole");
    resize_console = (__typeof__(resize_console))(void (*)(void))GetProcAddress(kernel, "ResizePseudoConsole");
    close_console = (__typeof__(close_console))(void (*)(void))GetProcAddress(kernel, "ClosePseudoConsole");
    return create_console && resize_console && close_console;
}

int wmain(void) {
    const WCHAR *at = GetCommandLineW();
    free(quoted(&at));
    unsigned long long columns, rows, values[6];
    if (!number(&at, MAX_CELLS, &columns) || !number(&at, MAX_CELLS, &rows)) return EXIT_CORDON;
    for (int i = 0; i < 6; i++) {
        if (!number(&at, 0x7fffffff, &values[i])) return EXIT_CORDON;
    }
    WCHAR *program = quoted(&at);
    WCHAR *command_line = program ? _wcsdup(at) : NULL;
    if (!command_line || !columns || !rows) return EXIT_CORDON;
    HANDLE input = (HANDLE)(uintptr_t)values[0];
    output = (HANDLE)(uintptr_t)values[1];
    control = (HANDLE)(uintptr_t)values[2];
    HANDLE streams[3] = {(HANDLE)(uintptr_t)values[3], (HANDLE)(uintptr_t)values[4], (HANDLE)(uintptr_t)values[5]};
    if (!keep(input) || !keep(output) || !keep(control)) return EXIT_CORDON;
    if (!find_functions()) return failed("this Windows has no pseudo consoles", ERROR_OLD_WIN_VERSION);

    HRESULT made = create_console((COORD){(SHORT)columns, (SHORT)rows}, input, output, 0, &console);
    if (made != S_OK) return failed("the console could not be made", (DWORD)made);
    PROCESS_INFORMATION process;
    DWORD status = EXIT_CORDON;
    if (start(program, command_line, streams, &process)) {
        /* The console's host has its own by now; ours would keep readers waiting. */
        CloseHandle(input);
        CloseHandle(output);
        for (int i = 0; i < 3; i++) {
            bool again = (i > 0 && streams[i] == streams[0]) || (i > 1 && streams[i] == streams[1]);
            if (streams[i] && !again) CloseHandle(streams[i]);
        }
        CloseHandle(CreateThread(NULL, 0, follow_sizes, NULL, 0, NULL));
        WaitForSingleObject(process.hProcess, INFINITE);
        GetExitCodeProcess(process.hProcess, &status);
    } else {
        failed("the program could not be started", GetLastError());
    }
    HANDLE closing = CreateThread(NULL, 0, close_it, NULL, 0, NULL);
    if (closing) WaitForSingleObject(closing, DRAIN_MILLISECONDS);
    ExitProcess(status);
}
