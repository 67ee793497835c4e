/* What a hook needs of Linux beside the conversation. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "os.h"

static struct {
    const char *out, *err;
    int status;
} late;

static void on_deadline(int signal) {
    (void)signal;
    if (late.out) (void)!write(1, late.out, strlen(late.out));
    if (late.err) (void)!write(2, late.err, strlen(late.err));
    _exit(late.status);
}

void os_deadline(unsigned seconds, const char *out, const char *err, int status) {
    if (!seconds) {
        alarm(0); /* what one says that comes even now stays as it was */
        return;
    }
    late.out = out;
    late.err = err;
    late.status = status;
    struct sigaction action = {.sa_handler = on_deadline};
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, SIGALRM);
    sigaction(SIGALRM, &action, NULL);
    sigprocmask(SIG_UNBLOCK, &only, NULL); /* a caller may have left it blocked */
    alarm(seconds);
}

bool os_read_input(struct buf *b, size_t most) {
    char bytes[65536];
    for (;;) {
        ssize_t n = read(0, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return n == 0 && !b->failed;
        buf_put(b, bytes, (size_t)n);
        if (b->len > most) return false;
    }
}
