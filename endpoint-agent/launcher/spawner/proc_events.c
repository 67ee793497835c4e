#define _GNU_SOURCE
#include "proc_events.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cmdline.h"

/* Depth below the keeper: 1 is bubblewrap outside (and the relay), 2 its init inside, 3 and deeper is the command. */
#define COMMAND_DEPTH 3
#define SLOTS 16384 /* a power of two; when three quarters are taken further processes go unseen */

struct entry {
    pid_t pid; /* 0: free, -1: freed */
    uint8_t depth;
    uint64_t run;
};

static struct entry table[SLOTS];
static int taken; /* not free, freed ones included */
static int live;
static int sock = -1;
static int followed;
static char own_exe[PATH_MAX];
static int64_t epoch_offset; /* from the connector's monotonic clock */

static struct entry *find(pid_t pid) {
    for (unsigned i = (unsigned)pid * 2654435761u, n = 0; n < SLOTS; i++, n++) {
        struct entry *e = &table[i & (SLOTS - 1)];
        if (e->pid == pid) return e;
        if (e->pid == 0) return NULL;
    }
    return NULL;
}

static void add(pid_t pid, uint64_t run, uint8_t depth);

/* Slots of ended processes stay in the way of searches; this drops them. */
static void compact(void) {
    static struct entry old[SLOTS];
    memcpy(old, table, sizeof old);
    memset(table, 0, sizeof table);
    taken = live = 0;
    for (int i = 0; i < SLOTS; i++)
        if (old[i].pid > 0) add(old[i].pid, old[i].run, old[i].depth);
}

static void add(pid_t pid, uint64_t run, uint8_t depth) {
    if (taken > SLOTS / 4 * 3) {
        if (live > SLOTS / 2) return;
        compact();
    }
    live++;
    for (unsigned i = (unsigned)pid * 2654435761u;; i++) {
        struct entry *e = &table[i & (SLOTS - 1)];
        if (e->pid > 0) continue;
        if (e->pid == 0) taken++;
        *e = (struct entry){pid, depth, run};
        return;
    }
}

static void subscribe(bool on) {
    struct {
        struct nlmsghdr header;
        struct cn_msg message;
        enum proc_cn_mcast_op op;
    } __attribute__((packed)) request = {
        .header = {.nlmsg_len = sizeof request, .nlmsg_type = NLMSG_DONE, .nlmsg_pid = 0},
        .message = {.id = {CN_IDX_PROC, CN_VAL_PROC}, .len = sizeof(enum proc_cn_mcast_op)},
        .op = on ? PROC_CN_MCAST_LISTEN : PROC_CN_MCAST_IGNORE,
    };
    (void)!send(sock, &request, sizeof request, 0);
}

/* Most events are of no use (threads, identities, names); the kernel drops them before they wake anybody. */
static void filter_events(void) {
    enum { EVENT = NLMSG_HDRLEN + sizeof(struct cn_msg), DATA = EVENT + offsetof(struct proc_event, event_data) };
    /* Loads are in network order, so the constants are too; two loaded fields compare in any order. */
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, EVENT),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, htonl(PROC_EVENT_EXEC), 10, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, htonl(PROC_EVENT_FORK), 0, 4),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, DATA + 8), /* child_pid */
        BPF_STMT(BPF_MISC | BPF_TAX, 0),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, DATA + 12), /* child_tgid */
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_X, 0, 5, 6),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, htonl(PROC_EVENT_EXIT), 0, 5),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, DATA), /* process_pid */
        BPF_STMT(BPF_MISC | BPF_TAX, 0),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, DATA + 4), /* process_tgid */
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_X, 0, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0xffffffff),
        BPF_STMT(BPF_RET | BPF_K, 0),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    setsockopt(sock, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

int proc_events_open(void) {
    ssize_t n = readlink("/proc/self/exe", own_exe, sizeof own_exe - 1);
    own_exe[n > 0 ? n : 0] = 0;
    sock = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_CONNECTOR);
    if (sock < 0) return -1;
    struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = CN_IDX_PROC};
    int size = 4 << 20;
    setsockopt(sock, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    filter_events();
    if (bind(sock, (struct sockaddr *)&address, sizeof address) != 0) {
        close(sock);
        sock = -1;
    }
    return sock;
}

void proc_events_expect(void) {
    if (sock < 0 || followed++ > 0) return;
    struct timespec real, monotonic;
    clock_gettime(CLOCK_REALTIME, &real);
    clock_gettime(CLOCK_MONOTONIC, &monotonic);
    epoch_offset = ((int64_t)real.tv_sec - monotonic.tv_sec) * 1000000000 + real.tv_nsec - monotonic.tv_nsec;
    subscribe(true);
}

void proc_events_follow(uint64_t run, pid_t keeper) {
    if (sock >= 0) add(keeper, run, 0);
}

void proc_events_forget(uint64_t run) {
    if (sock < 0) return;
    for (int i = 0; i < SLOTS; i++)
        if (table[i].pid > 0 && table[i].run == run) {
            table[i].pid = -1;
            live--;
        }
    if (--followed > 0) return;
    subscribe(false);
    memset(table, 0, sizeof table);
    taken = live = 0;
}

static void emit(const struct entry *e, struct process_event event, const struct proc_event *raw, void (*report)(const struct process_event *)) {
    if (e->depth < COMMAND_DEPTH) return;
    event.run = e->run;
    event.at = (int64_t)raw->timestamp_ns + epoch_offset;
    report(&event);
}

static void on_fork(const struct proc_event *raw, void (*report)(const struct process_event *)) {
    pid_t parent = raw->event_data.fork.parent_tgid, child = raw->event_data.fork.child_tgid;
    if (raw->event_data.fork.child_pid != child) return; /* a thread */
    const struct entry *above = find(parent);
    if (!above) return;
    struct entry made = {child, above->depth < COMMAND_DEPTH ? (uint8_t)(above->depth + 1) : above->depth, above->run};
    add(made.pid, made.run, made.depth);
    emit(&made, (struct process_event){.kind = "fork", .pid = child, .ppid = parent, .exit_code = -1}, raw, report);
}

static void on_exec(const struct proc_event *raw, void (*report)(const struct process_event *)) {
    pid_t pid = raw->event_data.exec.process_tgid;
    const struct entry *e = find(pid);
    if (!e || e->depth < COMMAND_DEPTH) return;
    char link[32], exe[PATH_MAX];
    snprintf(link, sizeof link, "/proc/%d/exe", pid);
    ssize_t n = readlink(link, exe, sizeof exe - 1);
    exe[n > 0 ? n : 0] = 0;
    if (strcmp(exe, own_exe) == 0) return; /* our own step into the sandbox */
    struct process_event event = {.kind = "exec", .pid = pid, .exe = n > 0 ? exe : NULL, .exit_code = -1};
    static char args[CMDLINE_MAX];
    ssize_t size = n > 0 ? cmdline_read(pid, args, &event.args_cut) : -1;
    if (size > 0) {
        event.args = args;
        event.args_size = (size_t)size;
    }
    emit(e, event, raw, report);
}

static void on_exit(const struct proc_event *raw, void (*report)(const struct process_event *)) {
    pid_t pid = raw->event_data.exit.process_tgid;
    if (raw->event_data.exit.process_pid != pid) return; /* a thread */
    struct entry *e = find(pid);
    if (!e) return;
    int status = (int)raw->event_data.exit.exit_code;
    int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    emit(e, (struct process_event){.kind = "exit", .pid = pid, .ppid = raw->event_data.exit.parent_tgid, .exit_code = code}, raw, report);
    e->pid = -1;
    live--;
}

static void on_event(const struct proc_event *raw, void (*report)(const struct process_event *)) {
    switch ((unsigned)raw->what) {
        case PROC_EVENT_FORK: on_fork(raw, report); break;
        case PROC_EVENT_EXEC: on_exec(raw, report); break;
        case PROC_EVENT_EXIT: on_exit(raw, report); break;
        default: break; /* identity, session and tracing changes are not recorded */
    }
}

void proc_events_read(void (*report)(const struct process_event *event)) {
    char bytes[8192] __attribute__((aligned(8)));
    if (sock < 0) return;
    for (int packets = 0; packets < 4096; packets++) {
        struct sockaddr_nl from;
        socklen_t size = sizeof from;
        ssize_t n = recvfrom(sock, bytes, sizeof bytes, 0, (struct sockaddr *)&from, &size);
        if (n < 0 && errno == ENOBUFS) continue; /* events were lost; the tree is a best effort and says so */
        if (n <= 0) return;
        if (from.nl_pid != 0) continue; /* not the kernel */
        size_t left = (size_t)n;
        for (struct nlmsghdr *h = (struct nlmsghdr *)bytes; NLMSG_OK(h, left); h = NLMSG_NEXT(h, left)) {
            const struct cn_msg *message = NLMSG_DATA(h);
            if (h->nlmsg_len < NLMSG_LENGTH(sizeof *message) || h->nlmsg_len < NLMSG_LENGTH(sizeof *message + message->len)) continue;
            if (message->id.idx == CN_IDX_PROC && message->id.val == CN_VAL_PROC) {
                struct proc_event event = {0};
                memcpy(&event, message->data, message->len < sizeof event ? message->len : sizeof event);
                on_event(&event, report);
            }
        }
    }
}
