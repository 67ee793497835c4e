#ifndef CORDON_SECCOMP_H
#define CORDON_SECCOMP_H

#include <stdbool.h>

/* A descriptor (not close-on-exec, offset 0) from which bubblewrap reads the filter program; -1 and errno on failure. */
int seccomp_program_fd(bool debugging);

#endif
