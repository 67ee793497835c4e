/* What cordon needs of the operating system; one implementation per system (os_linux.c and terminal relay in pty_linux.c). */
#ifndef CORDON_OS_H
#define CORDON_OS_H

#include <stdbool.h>

#include "buf.h"

/* Exit status when Cordon itself failed: nothing ran, or what ran was lost. */
#define EXIT_CORDON 125

/* Writes the members "env" and what else the system adds to a request ("umask"). */
void os_describe_process(struct buf *b);

bool os_change_directory(const char *path); /* false: said why on stderr */

/* Sends the request (a whole frame) with the standard handles and the working directory to the agent, passes signals and
 * the terminal on, prints what comes back, and returns the exit status for this process. `quiet_when_absent`: the
 * agent not running is not an error worth a line. */
int os_converse(const struct buf *request, bool quiet_when_absent);

#endif
