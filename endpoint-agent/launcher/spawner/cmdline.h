/* The arguments of a process. They lie in its own memory, which it may have laid over a file system of its user's that never
 * answers; reading them can then hang, and only a kill ends that. So a process of its own reads them, and is replaced when it
 * does not answer in time. */
#ifndef CORDON_CMDLINE_H
#define CORDON_CMDLINE_H

#include <stdbool.h>
#include <sys/types.h>

#define CMDLINE_MAX 2048

/* Fills bytes (CMDLINE_MAX of them) with arguments that each end in NUL and returns their length; the last one is cut, and
 * *cut set, when there is no room for all. -1 when there are none or the process is gone. */
ssize_t cmdline_read(pid_t pid, char *bytes, bool *cut);

#endif
