/* The process that becomes bubblewrap: joins the run's control group and network, gives up root, and only then looks at
 * anything the caller controls. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cgroup.h"
#include "enter.h"
#include "netns.h"
#include "root_owner.h"
#include "root_settings.h"
#include "run.h"
#include "seccomp.h"

static int status_fd;

static _Noreturn void give_up(const char *stage, const char *text) {
    char message[560];
    int n = snprintf(message, sizeof message, "%c%s%c%s", STATUS_FAILED, stage, 0, text);
    size_t size = n < (int)sizeof message ? (size_t)n : sizeof message - 1;
    (void)!send(status_fd, message, size, MSG_NOSIGNAL);
    _exit(125);
}

static _Noreturn void give_up_errno(const char *stage) {
    give_up(stage, strerror(errno));
}

static void limit(int resource, int64_t value) {
    struct rlimit r;
    if (getrlimit(resource, &r) != 0) return;
    r.rlim_cur = r.rlim_max = (rlim_t)value;
    if (setrlimit(resource, &r) != 0) give_up_errno("limits");
}

static void set_limits(const struct child_start *s) {
    const struct plan *plan = s->input->plan;
    limit(RLIMIT_CORE, 0);
    /* Coarser stand-ins where control groups are missing. */
    if (plan->processes && !cgroup_limits_processes()) limit(RLIMIT_NPROC, plan->processes);
    if (plan->memory_mib && !cgroup_limits_memory()) limit(RLIMIT_DATA, plan->memory_mib << 20);
    /* The spawner raised its own soft limit, which is no measure. The plan's limit is set inside the sandbox: here the
     * mounts need descriptors. */
    struct rlimit files = s->input->open_files;
    if (files.rlim_cur < 4096) files.rlim_cur = files.rlim_max < 4096 ? files.rlim_max : 4096;
    if (setrlimit(RLIMIT_NOFILE, &files) != 0) give_up_errno("limits");
}

/* Returns a descriptor of the user namespace for the run, or -1 where bubblewrap makes one. */
static int become_caller(const struct plan *plan, bool own_root, pid_t keeper) {
    int userns = -1;
    if (setgroups((size_t)plan->group_count, plan->groups) != 0) give_up_errno("identity");
    if (own_root) {
        userns = root_owner_become(plan->uid, plan->gid);
        if (userns < 0) give_up_errno("identity");
    } else if (setresgid(plan->gid, plan->gid, plan->gid) != 0 || setresuid(plan->uid, plan->uid, plan->uid) != 0) {
        give_up_errno("identity");
    }
    /* After the change of identity, which clears it. If the keeper died in between, its death was not announced. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) give_up_errno("identity");
    if (getppid() != keeper) _exit(125);
    return userns;
}

static int above(int fd) {
    int moved = fcntl(fd, F_DUPFD_CLOEXEC, ENTER_PROGRAM_FD + 1);
    if (moved < 0) give_up_errno("descriptors");
    return moved;
}

/* Puts the descriptors at their fixed places and closes all others. */
static void place_descriptors(const struct child_start *s, int program) {
    int from[] = {above(s->stdio[0]), above(s->stdio[1]), above(s->errors), above(s->status), above(s->stdio[2]), above(program)};
    static const int to[] = {0, 1, 2, ENTER_STATUS_FD, ENTER_STDERR_FD, ENTER_PROGRAM_FD};
    status_fd = from[3];
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        if (dup2(from[i], to[i]) < 0) give_up_errno("descriptors");
    status_fd = ENTER_STATUS_FD;
    close_range(3, ENTER_STATUS_FD - 1, 0);
    close_range(ENTER_PROGRAM_FD + 1, ~0u, 0);
}

static void reset_signals(void) {
    sigset_t none; /* the handlers were reset by CLONE_CLEAR_SIGHAND */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void enter_bubblewrap(const struct child_start *s, int userns) {
    const struct plan *plan = s->input->plan;
    struct placeholders made = {0};
    const char *problem = placeholders_create(plan, &made);
    char created[1 + sizeof made.created] = {STATUS_CREATED};
    memcpy(created + 1, made.created, sizeof made.created);
    if (plan->placeholder_count) (void)!send(status_fd, created, sizeof created, MSG_NOSIGNAL);
    if (problem) give_up("placeholders", problem);

    int filter = seccomp_program_fd(plan->debugging);
    if (filter < 0) give_up_errno("seccomp");
    int arguments = mounts_write_args(plan, s->input->sandbox, &made, filter, userns, &problem);
    if (arguments < 0) give_up("mounts", problem);

    char number[16], files[24], nice[16], program[32], flags[4] = "";
    snprintf(nice, sizeof nice, "%d", s->input->nice);
    snprintf(number, sizeof number, "%d", arguments);
    snprintf(files, sizeof files, "%lld", (long long)plan->open_files);
    snprintf(program, sizeof program, "/proc/self/fd/%d", ENTER_PROGRAM_FD);
    if (s->terminal) strcat(flags, "t");
    if (!plan->offline) strcat(flags, "n");
    size_t count = 0;
    while (plan->argv[count]) count++;
    char **argv = calloc(count + 11, sizeof *argv);
    if (!argv) give_up("memory", "out of memory");
    char *const head[] = {"bwrap", "--args", number, "--", program, "--enter", flags, files, nice, "--"};
    memcpy(argv, head, sizeof head);
    memcpy(argv + 10, plan->argv, count * sizeof *argv);
    char *const nothing[] = {NULL};
    umask(s->input->umask);
    execve(s->input->sandbox->bwrap, argv, nothing);
    give_up_errno("bubblewrap");
}

void child_main(const struct child_start *s) {
    const struct plan *plan = s->input->plan;
    status_fd = s->status;
    reset_signals();
    setsid();
    umask(022);
    if (!cgroup_join(s->cgroup)) give_up("limits", "cannot join the control group");
    if (plan->offline && netns_enter(s->input->netns) != 0) give_up_errno("network");
    if (chdir("/") != 0) give_up_errno("directory");
    set_limits(s);
    int program = open("/proc/self/exe", O_PATH | O_CLOEXEC);
    if (program < 0) give_up_errno("program");
    place_descriptors(s, program);
    bool own_root = mounts_own_root(plan, s->input->sandbox);
    const char *problem = own_root ? root_settings_show(plan, s->input->sandbox->root) : NULL;
    if (problem) give_up("settings", problem);
    enter_bubblewrap(s, become_caller(plan, own_root, s->keeper));
    _exit(125);
}
