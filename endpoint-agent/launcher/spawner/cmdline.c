#define _GNU_SOURCE
#include "cmdline.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "front.h"

#define PATIENCE_MS 50 /* reading takes microseconds */
#define MAX_PATIENCES 10 /* for a reader that waits for nothing but its turn on a busy machine */
#define MINUTE_MS 60000
#define MAX_WASTED 20 /* patiences a minute: whoever makes readers hang holds up the others for a second of it, no more */

static pid_t reader;
static int channel = -1;
static int wasted;
static int64_t minute; /* when the counting began */

static ssize_t read_now(pid_t pid, char *bytes, size_t room) {
    char path[32];
    snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    size_t size = 0;
    ssize_t n;
    while (size < room && (n = read(fd, bytes + size, room - size)) > 0) size += (size_t)n;
    close(fd);
    return (ssize_t)size;
}

static void serve(int end) {
    /* One byte more than is kept tells whether there was more. */
    char bytes[CMDLINE_MAX + 1];
    pid_t pid;
    while (recv(end, &pid, sizeof pid, 0) == (ssize_t)sizeof pid) {
        ssize_t size = read_now(pid, bytes, sizeof bytes);
        if (send(end, bytes, size > 0 ? (size_t)size : 0, MSG_NOSIGNAL) < 0) break;
    }
    _exit(0);
}

static bool start(void) {
    int ends[2];
    int64_t now = monotonic_ms();
    if (now - minute > MINUTE_MS) {
        minute = now;
        wasted = 0;
    }
    if (wasted >= MAX_WASTED || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return false;
    pid_t parent = getpid();
    reader = fork();
    if (reader == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(0);
        /* Standard input and output are the spawner's way to the service, which must see them end with the spawner. */
        if (dup2(ends[1], STDIN_FILENO) < 0) _exit(1);
        close(STDOUT_FILENO);
        close_range(3, ~0u, 0);
        serve(STDIN_FILENO);
    }
    close(ends[1]);
    if (reader < 0) {
        close(ends[0]);
        return false;
    }
    channel = ends[0];
    return true;
}

/* Not waited for here: it may take its time to die, and is reaped with the spawner's other children. */
static void give_up(int patiences) {
    kill(reader, SIGKILL);
    close(channel);
    channel = -1;
    wasted += patiences;
}

static bool reader_runs(void) {
    char path[32], text[64];
    snprintf(path, sizeof path, "/proc/%d/stat", reader);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    text[n > 0 ? n : 0] = 0;
    const char *state = strrchr(text, ')');
    return state && strncmp(state, ") R", 3) == 0;
}

/* Until there is an answer, or will be none. Returns how many times PATIENCE_MS passed. */
static int await_answer(void) {
    struct pollfd ready = {.fd = channel, .events = POLLIN};
    int patiences = 0;
    for (;;) {
        int polled = poll(&ready, 1, PATIENCE_MS);
        if (polled < 0 && errno == EINTR) continue;
        if (polled != 0 || ++patiences == MAX_PATIENCES || !reader_runs()) return patiences;
    }
}

ssize_t cmdline_read(pid_t pid, char *bytes, bool *cut) {
    char answer[CMDLINE_MAX + 1];
    if (channel < 0 && !start()) return -1;
    if (send(channel, &pid, sizeof pid, MSG_NOSIGNAL) != (ssize_t)sizeof pid) {
        give_up(1);
        return -1;
    }
    int patiences = await_answer();
    ssize_t size = recv(channel, answer, sizeof answer, MSG_DONTWAIT);
    if (size < 0) {
        give_up(patiences);
        return -1;
    }
    if (size == 0) return -1;
    *cut = size > CMDLINE_MAX;
    if (*cut) size = CMDLINE_MAX;
    memcpy(bytes, answer, (size_t)size);
    bytes[size - 1] = 0; /* what was cut, or what a process that rewrote itself left without an end */
    return size;
}
