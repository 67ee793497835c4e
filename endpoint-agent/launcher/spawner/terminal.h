#ifndef CORDON_TERMINAL_H
#define CORDON_TERMINAL_H

#include <sys/types.h>

/* Where the caller's stdio is a terminal, the command gets a new one of its own with the same settings and size: the
 * caller's is never reachable from inside the sandbox. `stdio` is what the command shall have; master and slave stay -1
 * without a terminal. NULL or the problem. */
const char *terminal_open(const int given[3], uid_t owner, int stdio[3], int *master, int *slave);

#endif
