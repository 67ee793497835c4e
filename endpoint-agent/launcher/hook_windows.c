/* What a hook needs of Windows beside the conversation. */
#include <windows.h>

#include "os.h"

static struct {
    const char *out, *err;
    int status;
    unsigned seconds;
    volatile LONG decided; /* by whoever is first: the answer, or the end of patience */
} late;

static DWORD WINAPI wait_for_deadline(void *unused) {
    (void)unused;
    Sleep(late.seconds * 1000);
    if (InterlockedExchange(&late.decided, 1)) return 0;
    if (late.out) os_print(1, late.out);
    if (late.err) os_print(2, late.err);
    ExitProcess((UINT)late.status);
}

void os_deadline(unsigned seconds, const char *out, const char *err, int status) {
    if (!seconds) {
        if (late.seconds && InterlockedExchange(&late.decided, 1)) Sleep(INFINITE); /* it speaks, and ends this process */
        late.seconds = 0;
        return;
    }
    late.out = out;
    late.err = err;
    late.status = status;
    late.seconds = seconds;
    HANDLE thread = CreateThread(NULL, 0, wait_for_deadline, NULL, 0, NULL);
    if (thread) CloseHandle(thread);
}

bool os_read_input(struct buf *b, size_t most) {
    HANDLE h = GetStdHandle(STD_INPUT_HANDLE);
    char bytes[65536];
    for (;;) {
        DWORD n = 0;
        if (!ReadFile(h, bytes, sizeof bytes, &n, NULL)) return GetLastError() == ERROR_BROKEN_PIPE && !b->failed;
        if (!n) return !b->failed;
        buf_put(b, bytes, n);
        if (b->len > most) return false;
    }
}
