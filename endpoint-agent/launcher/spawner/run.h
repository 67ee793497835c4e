/* One run: a keeper process forked by the spawner, which forks the child that becomes bubblewrap. The keeper holds the
 * time limit, passes signals on, and cleans up; it ends (and with it the run) when the spawner's end of the channel closes. */
#ifndef CORDON_RUN_H
#define CORDON_RUN_H

#include <sys/resource.h>

#include "mounts.h"
#include "plan.h"

enum note_kind { NOTE_PTY = 1, NOTE_CREATED, NOTE_STARTED, NOTE_STOPPED, NOTE_EXITED, NOTE_FAILED };

/* Keeper to spawner, one packet each; NOTE_PTY carries a descriptor. */
struct note {
    enum note_kind kind;
    pid_t pid;         /* STARTED: the command's, on the host */
    int code, signal;  /* EXITED */
    unsigned limits;   /* EXITED: LIMIT_* */
    int64_t at;        /* ns since the epoch */
    int64_t max_memory_kib, cpu_micros; /* EXITED; -1: unknown */
    bool created[PLAN_MAX_PLACEHOLDERS];
    char stage[24], text[480]; /* FAILED */
};

/* Spawner to keeper. */
struct order {
    int signal; /* SIGKILL kills everything in the sandbox, also what has left the command's process group */
    bool group;
};

struct run_input {
    uint64_t id;
    const struct plan *plan;
    const struct sandbox *sandbox;
    int stdio[3];
    int netns; /* for offline plans */
    unsigned umask;
    int nice; /* the caller's, as the kernel says */
    struct rlimit open_files; /* as the service had it */
};

/* Forks the keeper. Returns its pid and sets *channel; -1 and errno on failure. */
pid_t run_start(const struct run_input *input, int *channel);

int64_t now_epoch_nanos(void);

/* Internal to the two halves of a run: keeper.c, and child.c, which never returns. */
struct child_start {
    const struct run_input *input;
    const struct cgroup *cgroup;
    pid_t keeper;
    int status;   /* socket for STATUS_* */
    int errors;   /* bubblewrap's own stderr */
    int stdio[3]; /* with the terminal's slave where the caller had a terminal */
    bool terminal;
};
_Noreturn void child_main(const struct child_start *start);

#endif
