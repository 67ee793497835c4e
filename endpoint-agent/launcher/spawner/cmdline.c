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

#define USUAL_MS 50 /* reading takes microseconds */
#define PATIENCE_MS 500 /* on a very busy machine the reader, or who is read and holds its own memory locked, waits for its turn */
#define MINUTE_MS 60000
#define MAX_WAITED_MS 3000 /* a minute, in readings that take longer than usual: so long those who make readers hang hold up the others */

static pid_t reader;
static int channel = -1;
static int64_t minute; /* when the counting began */
static int64_t waited; /* since then */

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
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return false;
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
static void give_up(void) {
    kill(reader, SIGKILL);
    close(channel);
    channel = -1;
}

/* Until the reader has answered, or is given up. */
static void await_answer(int64_t began) {
    struct pollfd ready = {.fd = channel, .events = POLLIN};
    int polled;
    do polled = poll(&ready, 1, PATIENCE_MS);
    while (polled < 0 && errno == EINTR);
    int64_t took = monotonic_ms() - began;
    if (took > USUAL_MS) waited += took;
}

ssize_t cmdline_read(pid_t pid, char *bytes, bool *cut) {
    char answer[CMDLINE_MAX + 1];
    int64_t began = monotonic_ms();
    if (began - minute > MINUTE_MS) {
        minute = began;
        waited = 0;
    }
    if (waited >= MAX_WAITED_MS || (channel < 0 && !start())) return -1;
    if (send(channel, &pid, sizeof pid, MSG_NOSIGNAL) != (ssize_t)sizeof pid) {
        give_up();
        return -1;
    }
    await_answer(began);
    ssize_t size = recv(channel, answer, sizeof answer, MSG_DONTWAIT);
    if (size < 0) {
        give_up();
        return -1;
    }
    if (size == 0) return -1;
    *cut = size > CMDLINE_MAX;
    if (*cut) size = CMDLINE_MAX;
    memcpy(bytes, answer, (size_t)size);
    bytes[size - 1] = 0; /* what was cut, or what a process that rewrote itself left without an end */
    return size;
}
