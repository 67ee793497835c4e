#include "os.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "channel_windows.h"
#include "console_windows.h"
#include "frame.h"
#include "json.h"
#include "utf16.h"

#define RESIZE_MILLISECONDS 500 /* a window that changes without its buffer announces nothing */
#define CLOSE_MILLISECONDS 4500 /* the system ends us after 5 s */

const char os_usage[] =
    "The exit status has all 32 bits that Windows gives it.\n"
    "\n"
    "CORDON_PIPE names another pipe of the agent (default: \\\\.\\pipe\\cordon).\n";

static volatile LONG events[CTRL_SHUTDOWN_EVENT + 1]; /* how often each came and was not sent yet */
static HANDLE woken, ended;                           /* by an event or a changed window; the run is over */
static bool started;                                  /* from here on an event is the command's */
static int64_t result = -1;

const char *os_variable(const char *name) {
    static struct kept {
        struct kept *next;
        char *value;
    } *all;
    size_t n;
    uint16_t *wide = utf16_from_utf8(name, &n);
    if (!wide) return NULL;
    DWORD size = GetEnvironmentVariableW((const WCHAR *)wide, NULL, 0);
    WCHAR *value = size ? malloc(size * sizeof *value) : NULL;
    DWORD length = value ? GetEnvironmentVariableW((const WCHAR *)wide, value, size) : 0;
    struct kept *keep = value ? malloc(sizeof *keep) : NULL;
    if (keep) {
        *keep = (struct kept){all, utf8_from_utf16((const uint16_t *)value, length < size ? length : 0)};
        all = keep; /* reachable to the end, as a variable of the environment would be */
    }
    free(value);
    free(wide);
    return keep ? keep->value : NULL;
}

void os_print(int stream, const char *text) {
    HANDLE h = GetStdHandle(stream == 1 ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE);
    size_t length = strlen(text);
    bool unfinished = length && text[length - 1] != '\n';
    DWORD mode;
    if (GetConsoleMode(h, &mode)) {
        console_write(h, text);
        length = 0;
    }
    while (length) {
        DWORD written = 0;
        if (!WriteFile(h, text, (DWORD)length, &written, NULL) || !written) return;
        text += written;
        length -= written;
    }
    if (unfinished) os_print(stream, "\n");
}

/* Names that begin with '=' are the shell's own: working directories of drives, the last exit status. */
static void describe_environment(struct buf *b) {
    WCHAR *block = GetEnvironmentStringsW();
    for (WCHAR *e = block; e && *e; e += wcslen(e) + 1) {
        const WCHAR *equals = wcschr(e, L'=');
        if (!equals || equals == e) continue;
        char *name = utf8_from_utf16((const uint16_t *)e, (size_t)(equals - e));
        char *value = utf8_from_utf16((const uint16_t *)equals + 1, wcslen(equals + 1));
        if (name && value) json_member_string(b, name, value);
        else b->failed = true;
        free(name);
        free(value);
    }
    if (block) FreeEnvironmentStringsW(block);
    else b->failed = true;
}

static void describe_directory(struct buf *b) {
    DWORD size = GetCurrentDirectoryW(0, NULL);
    WCHAR *path = malloc((size + 1) * sizeof *path);
    DWORD length = path ? GetCurrentDirectoryW(size, path) : 0;
    char *bytes = length && length < size ? utf8_from_utf16((const uint16_t *)path, length) : NULL;
    json_member_string(b, "cwd", bytes);
    free(bytes);
    free(path);
}

static int64_t standard_handle(DWORD which) {
    HANDLE h = GetStdHandle(which);
    if (!h || h == INVALID_HANDLE_VALUE) return 0;
    SetLastError(NO_ERROR);
    bool closed = GetFileType(h) == FILE_TYPE_UNKNOWN && GetLastError() == ERROR_INVALID_HANDLE;
    return closed ? 0 : (int64_t)(intptr_t)h;
}

void os_describe_process(struct buf *b, bool with_environment) {
    json_key(b, "env");
    buf_text(b, "{");
    if (with_environment) describe_environment(b);
    buf_text(b, "}");
    describe_directory(b);
    json_key(b, "handles");
    buf_text(b, "{");
    json_member_integer(b, "stdin", standard_handle(STD_INPUT_HANDLE));
    json_member_integer(b, "stdout", standard_handle(STD_OUTPUT_HANDLE));
    json_member_integer(b, "stderr", standard_handle(STD_ERROR_HANDLE));
    buf_text(b, "}");
    console_describe(b);
}

static int failed(const char *message) {
    struct buf b = {0};
    buf_text(&b, "cordon: ");
    buf_text(&b, message);
    buf_put(&b, "\n", 2);
    os_print(2, b.failed ? "cordon: out of memory\n" : b.data);
    buf_free(&b);
    return EXIT_CORDON;
}

bool os_change_directory(const char *path) {
    size_t n;
    uint16_t *wide = utf16_from_utf8(path, &n);
    bool changed = wide && SetCurrentDirectoryW((const WCHAR *)wide);
    DWORD error = GetLastError();
    free(wide);
    if (changed) return true;
    struct buf b = {0};
    buf_text(&b, "--cwd: ");
    buf_text(&b, path);
    buf_text(&b, error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND ? ": No such directory"
                 : error == ERROR_DIRECTORY                                     ? ": Not a directory"
                 : error == ERROR_ACCESS_DENIED                                 ? ": Permission denied"
                                                                                : ": it cannot be the working directory");
    buf_put(&b, "", 1);
    failed(b.failed ? "--cwd: out of memory" : b.data);
    buf_free(&b);
    return false;
}

/* On a thread of its own. Closing ends the process as soon as this returns: the run gets its time first. */
static BOOL WINAPI on_event(DWORD event) {
    if (event > CTRL_SHUTDOWN_EVENT) return FALSE;
    InterlockedIncrement(&events[event]);
    SetEvent(woken);
    if (event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT) return TRUE;
    WaitForSingleObject(ended, CLOSE_MILLISECONDS);
    console_restore();
    return TRUE;
}

static void send_numbers(const char *type, const char *first, int64_t a, const char *second, int64_t b) {
    struct buf out = {0};
    size_t begin = frame_begin(&out);
    buf_text(&out, "{");
    json_member_string(&out, "t", type);
    json_member_integer(&out, first, a);
    if (second) json_member_integer(&out, second, b);
    buf_text(&out, "}");
    if (frame_end(&out, begin)) channel_send(&out, NULL);
    buf_free(&out);
}

static void on_wake(void) {
    for (DWORD event = 0; event <= CTRL_SHUTDOWN_EVENT; event++) {
        LONG times = InterlockedExchange(&events[event], 0);
        if (times && !started) result = (int64_t)STATUS_CONTROL_C_EXIT & 0xFFFFFFFF; /* closing the pipe withdraws the request */
        for (; times && started; times--) send_numbers("ctrl", "event", event, NULL, 0);
    }
}

static void tell_size(void) {
    int columns, rows;
    if (console_resized(&columns, &rows)) send_numbers("resize", "columns", columns, "rows", rows);
}

static HANDLE handle_of(const struct json *message, const char *key) {
    return (HANDLE)(intptr_t)json_get_integer(message, key, 0);
}

static void handle(const char *payload, size_t size) {
    struct json_doc doc;
    const char *type = json_read(&doc, payload, size) ? "" : json_get_string(doc.root, "t", "");
    if (strcmp(type, "started") == 0) {
        started = true;
    } else if (strcmp(type, "pty") == 0) {
        if (!console_start(handle_of(doc.root, "in"), handle_of(doc.root, "out"), woken)) result = failed("the command's console cannot be relayed");
    } else if (strcmp(type, "exited") == 0) {
        result = json_get_integer(doc.root, "code", EXIT_CORDON) & 0xFFFFFFFF;
    } else if (strcmp(type, "reply") == 0) {
        os_deadline(0, NULL, NULL, 0);
        os_print(1, json_get_string(doc.root, "stdout", ""));
        os_print(2, json_get_string(doc.root, "stderr", ""));
        result = json_get_integer(doc.root, "exit", EXIT_CORDON) & 0xFFFFFFFF;
    } else if (strcmp(type, "failed") == 0) {
        console_finish();
        result = failed(json_get_string(doc.root, "message", "failed"));
    } else {
        console_finish();
        result = failed("the agent answered with something unknown");
    }
    json_free(&doc);
}

static void on_message(struct buf *in) {
    if (!channel_received(in)) {
        console_finish();
        result = failed(started ? "the Cordon agent went away; what it ran was ended" : "the Cordon agent went away before it answered; nothing that it began still runs");
        return;
    }
    const char *payload;
    size_t size;
    enum frame_state state = FRAME_NONE;
    while (result < 0 && (state = frame_next(in, &payload, &size)) == FRAME_READY) {
        handle(payload, size);
        buf_consume(in, size + 4);
    }
    if (result < 0 && state == FRAME_TOO_LARGE) {
        console_finish();
        result = failed("the agent answered with too much");
    }
}

static void converse(void) {
    struct buf in = {0};
    HANDLE waits[] = {channel_receive(), woken};
    while (result < 0) {
        switch (WaitForMultipleObjects(2, waits, FALSE, console_active() ? RESIZE_MILLISECONDS : INFINITE)) {
            case WAIT_OBJECT_0: on_message(&in); break;
            case WAIT_OBJECT_0 + 1: on_wake(); break;
            case WAIT_TIMEOUT: break;
            default: result = failed("waiting for the Cordon agent failed"); break;
        }
        if (result < 0) tell_size();
    }
    console_finish();
    buf_free(&in);
}

int os_converse(const struct buf *request, unsigned how) {
    woken = CreateEventW(NULL, FALSE, FALSE, NULL);
    ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!woken || !ended) return failed("no event can be made; nothing was run");
    int status = channel_open(how & CONVERSE_QUIET, how & CONVERSE_HOOK);
    if (status) return status;
    SetConsoleCtrlHandler(on_event, TRUE);
    if (channel_send(request, woken)) {
        on_wake(); /* an event that came as the last byte went */
        converse();
    } else {
        on_wake();
        if (result < 0) result = failed("the Cordon agent closed the connection; nothing was run");
    }
    SetEvent(ended);
    return (int)(uint32_t)result;
}

/* A * in an argument belongs to the command. */
int _dowildcard = 0;

int wmain(int argc, WCHAR **argv) {
    char **words = calloc((size_t)argc + 1, sizeof *words);
    for (int i = 0; words && i < argc; i++) {
        words[i] = utf8_from_utf16((const uint16_t *)argv[i], wcslen(argv[i]));
        if (!words[i]) return failed("out of memory; nothing was run");
    }
    return words ? cordon_main(argc, words) : failed("out of memory; nothing was run");
}
