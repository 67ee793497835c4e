#include "console_windows.h"

#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "utf16.h"

#define DRAIN_MILLISECONDS 5000 /* with nothing shown: a busy machine may need them */
#define CANCEL_MILLISECONDS 1000

static HANDLE input = INVALID_HANDLE_VALUE;  /* the caller's console, to read from */
static HANDLE output = INVALID_HANDLE_VALUE; /* and to write to */
static HANDLE pipe_in, pipe_out;             /* of the pseudo console */
static HANDLE typing, showing;               /* threads */
static HANDLE stop, woken;                   /* events */
static DWORD input_mode, output_mode;        /* as found */
static LONG taken;                           /* 1: the modes are ours */
static volatile LONG shown;                  /* counts pieces of output */
static COORD told;                           /* the size told last */

static bool is_console(HANDLE h) {
    DWORD mode;
    return h && h != INVALID_HANDLE_VALUE && GetConsoleMode(h, &mode);
}

static bool size_of(HANDLE h, COORD *size) {
    CONSOLE_SCREEN_BUFFER_INFO info;
    if (!GetConsoleScreenBufferInfo(h, &info)) return false;
    size->X = (SHORT)(info.srWindow.Right - info.srWindow.Left + 1);
    size->Y = (SHORT)(info.srWindow.Bottom - info.srWindow.Top + 1);
    return size->X > 0 && size->Y > 0;
}

/* Where the command's output is seen: a caller that redirected both still has a window. */
static HANDLE find_output(void) {
    HANDLE h = GetStdHandle(STD_OUTPUT_HANDLE);
    if (is_console(h)) return h;
    h = GetStdHandle(STD_ERROR_HANDLE);
    if (is_console(h)) return h;
    return CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
}

void console_describe(struct buf *b) {
    static const struct {
        const char *name;
        DWORD which;
    } streams[] = {{"stdin", STD_INPUT_HANDLE}, {"stdout", STD_OUTPUT_HANDLE}, {"stderr", STD_ERROR_HANDLE}};
    bool any = false;
    for (size_t i = 0; i < 3; i++) any |= is_console(GetStdHandle(streams[i].which));
    if (!any) return;
    json_key(b, "console");
    buf_text(b, "{");
    for (size_t i = 0; i < 3; i++) json_member_bool(b, streams[i].name, is_console(GetStdHandle(streams[i].which)));
    COORD size = {80, 25};
    if (output == INVALID_HANDLE_VALUE) output = find_output();
    if (!size_of(output, &size)) size = (COORD){80, 25};
    told = size;
    json_member_integer(b, "columns", size.X);
    json_member_integer(b, "rows", size.Y);
    buf_text(b, "}");
}

/* In pieces: a console takes no more than some ten thousand characters at once. */
static bool show(HANDLE console, const uint16_t *text, size_t n) {
    while (n) {
        DWORD written = 0;
        if (!WriteConsoleW(console, text, n < 8192 ? (DWORD)n : 8192, &written, NULL) || !written) return false;
        text += written;
        n -= written;
    }
    return true;
}

void console_write(HANDLE console, const char *text) {
    size_t n;
    uint16_t *wide = utf16_from_utf8(text, &n);
    if (wide) show(console, wide, n);
    free(wide);
}

static DWORD WINAPI copy_output(void *unused) {
    (void)unused;
    static char bytes[16384];
    static uint16_t wide[sizeof bytes + 1];
    struct utf8_decoder decoder = {0};
    DWORD n;
    while (ReadFile(pipe_out, bytes, sizeof bytes, &n, NULL)) {
        if (n == 0) continue; /* an empty message, not the end */
        show(output, wide, utf8_decode(&decoder, bytes, n, wide));
        InterlockedIncrement(&shown);
    }
    return 0;
}

static bool send_typed(const uint16_t *text, size_t n) {
    char *bytes = utf8_from_utf16(text, n);
    if (!bytes) return false;
    bool ok = true;
    size_t length = n == 1 && text[0] == 0 ? 1 : strlen(bytes);
    for (size_t at = 0; ok && at < length;) {
        DWORD written = 0;
        ok = WriteFile(pipe_in, bytes + at, (DWORD)(length - at), &written, NULL) && written;
        at += written;
    }
    free(bytes);
    return ok;
}

/* The character of a key event, which may be NUL; false when it has none. */
static bool typed(const KEY_EVENT_RECORD *key, uint16_t *c) {
    bool control = key->dwControlKeyState & (LEFT_CTRL_PRESSED | RIGHT_CTRL_PRESSED);
    bool nul = control && (key->wVirtualKeyCode == VK_SPACE || key->wVirtualKeyCode == '2');
    *c = (uint16_t)key->uChar.UnicodeChar;
    if (key->bKeyDown) return *c || nul;
    return *c && key->wVirtualKeyCode == VK_MENU; /* a character composed on the number pad comes as Alt is let go */
}

static bool serve_key(const KEY_EVENT_RECORD *key, uint16_t *high) {
    uint16_t c;
    if (!typed(key, &c)) return true;
    if (c >= 0xD800 && c <= 0xDBFF) { /* the other half is the next event */
        *high = c;
        return true;
    }
    uint16_t pair[] = {*high, c};
    bool joined = *high && c >= 0xDC00 && c <= 0xDFFF;
    *high = 0;
    for (int times = key->wRepeatCount > 1 ? key->wRepeatCount : 1; times; times--)
        if (!send_typed(joined ? pair : pair + 1, joined ? 2 : 1)) return false;
    return true;
}

static DWORD WINAPI copy_input(void *unused) {
    (void)unused;
    HANDLE waits[] = {stop, input};
    uint16_t high = 0;
    while (WaitForMultipleObjects(2, waits, FALSE, INFINITE) == WAIT_OBJECT_0 + 1) {
        INPUT_RECORD records[128];
        DWORD n = 0;
        if (!ReadConsoleInputW(input, records, sizeof records / sizeof *records, &n)) return 0;
        for (DWORD i = 0; i < n; i++) {
            if (records[i].EventType == WINDOW_BUFFER_SIZE_EVENT) SetEvent(woken);
            if (records[i].EventType == KEY_EVENT && !serve_key(&records[i].Event.KeyEvent, &high)) return 0;
        }
    }
    return 0;
}

/* The keys come as sequences, and what they mean is the pseudo console's business, Ctrl-C included. */
static void take(void) {
    bool reads = input != INVALID_HANDLE_VALUE;
    if ((reads && !GetConsoleMode(input, &input_mode)) || !GetConsoleMode(output, &output_mode)) return;
    InterlockedExchange(&taken, 1);
    if (reads && !SetConsoleMode(input, ENABLE_VIRTUAL_TERMINAL_INPUT | ENABLE_WINDOW_INPUT | ENABLE_EXTENDED_FLAGS))
        SetConsoleMode(input, ENABLE_WINDOW_INPUT | ENABLE_EXTENDED_FLAGS); /* a console without sequences: text still works */
    DWORD sequences = ENABLE_PROCESSED_OUTPUT | ENABLE_WRAP_AT_EOL_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING;
    if (!SetConsoleMode(output, sequences | DISABLE_NEWLINE_AUTO_RETURN)) SetConsoleMode(output, sequences);
}

void console_restore(void) {
    if (InterlockedExchange(&taken, 0) == 0) return;
    if (input != INVALID_HANDLE_VALUE) SetConsoleMode(input, input_mode);
    SetConsoleMode(output, output_mode);
}

static bool is_pipe(HANDLE h) {
    return h && h != INVALID_HANDLE_VALUE && GetFileType(h) == FILE_TYPE_PIPE;
}

bool console_start(HANDLE in, HANDLE out, HANDLE wake) {
    if (pipe_out || !is_pipe(in) || !is_pipe(out)) return false;
    HANDLE reading = GetStdHandle(STD_INPUT_HANDLE);
    if (is_console(reading)) input = reading;
    if (output == INVALID_HANDLE_VALUE) output = find_output();
    if (output == INVALID_HANDLE_VALUE) return false;
    pipe_in = in;
    pipe_out = out;
    woken = wake;
    stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!stop) return false;
    take();
    showing = CreateThread(NULL, 0, copy_output, NULL, 0, NULL);
    if (input != INVALID_HANDLE_VALUE) typing = CreateThread(NULL, 0, copy_input, NULL, 0, NULL);
    if (showing && (typing || input == INVALID_HANDLE_VALUE)) return true;
    console_restore();
    return false;
}

bool console_active(void) {
    return showing != NULL;
}

bool console_resized(int *columns, int *rows) {
    COORD size;
    if (!showing || !size_of(output, &size) || (size.X == told.X && size.Y == told.Y)) return false;
    told = size;
    *columns = size.X;
    *rows = size.Y;
    return true;
}

void console_finish(void) {
    if (!showing) return;
    /* The agent closed the pseudo console, so the end comes at once; the limit is for a pipe that somebody else still holds. */
    LONG before;
    do {
        before = shown;
    } while (WaitForSingleObject(showing, DRAIN_MILLISECONDS) == WAIT_TIMEOUT && shown != before);
    SetEvent(stop);
    if (typing) {
        CancelSynchronousIo(typing); /* it may wait for a command that takes no input */
        WaitForSingleObject(typing, CANCEL_MILLISECONDS);
    }
    console_restore();
    CloseHandle(showing);
    if (typing) CloseHandle(typing);
    showing = typing = NULL;
}
