/* The process tree of each run, from the kernel's process connector: what was forked and executed, also by processes that
 * live too briefly to be seen otherwise. */
#ifndef CORDON_PROC_EVENTS_H
#define CORDON_PROC_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct process_event {
    uint64_t run;
    const char *kind; /* "fork", "exec", "exit" */
    pid_t pid, ppid;
    const char *exe; /* exec: the path, NULL when the process was gone before it could be read */
    /* exec: the arguments, each ended by NUL, as the process shows them: its own memory, which it may have overwritten since.
     * NULL when they could not be read. */
    const char *args;
    size_t args_size;
    bool args_cut; /* there were more */
    int exit_code;   /* exit: -1 otherwise; 128 + n for signal n */
    int64_t at;      /* ns since the epoch */
};

/* A descriptor to poll for reading, -1 where the kernel or the namespace does not offer the connector. */
int proc_events_open(void);
/* Subscribed only while something is followed: every process event of the whole machine wakes the reader. Call _expect
 * before the keeper is forked, so that no event is missed, then _follow with its pid (or _forget, if there is none). */
void proc_events_expect(void);
void proc_events_follow(uint64_t run, pid_t keeper);
void proc_events_forget(uint64_t run);
/* Reads what is there and calls back for the processes inside a sandbox. */
void proc_events_read(void (*report)(const struct process_event *event));

#endif
