#define _GNU_SOURCE
#include "pty_linux.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static int master = -1;
static int output = -1;    /* the caller's terminal, to write to */
static bool reads_input;   /* stdin is the terminal */
static bool wants_raw;     /* stdin and stdout are the terminal: terminal.c of the spawner follows the same rule */
static bool raw;
static struct termios saved;
static char pending[4096]; /* typed, and not taken by the command yet */
static size_t pending_len;

/* A background job must not touch the terminal: it would be stopped for it. */
static bool in_foreground(void) {
    return tcgetpgrp(output) == getpgrp();
}

void pty_take(void) {
    if (master < 0) return;
    pty_resize();
    if (!wants_raw || raw || !in_foreground()) return;
    struct termios t;
    if (tcgetattr(0, &saved) != 0) return;
    t = saved;
    cfmakeraw(&t);
    raw = tcsetattr(0, TCSANOW, &t) == 0;
}

void pty_release(void) {
    if (!raw) return;
    raw = false;
    tcsetattr(0, TCSANOW, &saved);
}

void pty_start(int fd) {
    master = fd;
    fcntl(master, F_SETFL, fcntl(master, F_GETFL) | O_NONBLOCK);
    reads_input = isatty(0);
    wants_raw = reads_input && isatty(1);
    output = isatty(1) ? 1 : isatty(2) ? 2 : 0;
    pty_take();
}

void pty_resize(void) {
    struct winsize size;
    if (master >= 0 && ioctl(output, TIOCGWINSZ, &size) == 0) ioctl(master, TIOCSWINSZ, &size);
}

void pty_interest(struct pollfd fds[2]) {
    bool read_more = master >= 0 && reads_input && pending_len == 0 && (raw || in_foreground());
    fds[0] = (struct pollfd){read_more ? 0 : -1, POLLIN, 0};
    fds[1] = (struct pollfd){master, (short)(POLLIN | (pending_len ? POLLOUT : 0)), 0};
}

static void copy_output(void) {
    char bytes[16384];
    ssize_t n = read(master, bytes, sizeof bytes);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) { /* EIO: no process has the terminal open any more */
        close(master);
        master = -1;
        return;
    }
    for (ssize_t at = 0; at < n;) {
        ssize_t w = write(output, bytes + at, (size_t)(n - at));
        if (w > 0) {
            at += w;
        } else if (w < 0 && errno == EAGAIN) { /* another process made the shared terminal non-blocking */
            poll(&(struct pollfd){output, POLLOUT, 0}, 1, -1);
        } else if (errno != EINTR) {
            return;
        }
    }
}

static void copy_input(void) {
    ssize_t n = read(0, pending, sizeof pending);
    if (n > 0) {
        pending_len = (size_t)n;
    } else if (n == 0 && !raw) {
        struct termios t;
        pending[0] = tcgetattr(master, &t) == 0 ? (char)t.c_cc[VEOF] : 4;
        pending_len = 1;
    } else if (n == 0 || errno != EINTR) {
        reads_input = errno == EAGAIN;
    }
}

static void push_input(void) {
    if (!pending_len || master < 0) return;
    ssize_t n = write(master, pending, pending_len);
    if (n <= 0) return;
    for (size_t i = (size_t)n; i < pending_len; i++) pending[i - (size_t)n] = pending[i];
    pending_len -= (size_t)n;
}

void pty_serve(const struct pollfd fds[2]) {
    if (fds[1].fd >= 0 && fds[1].revents) copy_output();
    if (fds[0].fd >= 0 && fds[0].revents) copy_input();
    push_input();
}

void pty_finish(void) {
    /* The sandbox is gone, so the end comes at once; the limit is for a master that somebody else still holds. */
    while (master >= 0 && poll(&(struct pollfd){master, POLLIN, 0}, 1, 1000) > 0) copy_output();
    pty_release();
}
