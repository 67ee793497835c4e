/* What cordon needs of the operating system. Linux: os_linux.c, terminal relay in pty_linux.c. Windows: os_windows.c, the pipe
 * in channel_windows.c, console relay in console_windows.c. */
#ifndef CORDON_OS_H
#define CORDON_OS_H

#include <stdbool.h>

#include "buf.h"

/* Exit status when Cordon itself failed: nothing ran, or what ran was lost. */
#define EXIT_CORDON 125

/* The program; the system's own entry point calls it with arguments as bytes (see json.h). argv is NULL-terminated. */
int cordon_main(int argc, char **argv);

/* What the usage says of this system, after its words on the exit status. */
extern const char os_usage[];

/* Writes to standard output (1) or standard error (2). Ends with a newline whether the text does or not. */
void os_print(int stream, const char *text);

/* A variable of the environment, or NULL. */
const char *os_variable(const char *name);

/* Writes the members "env" and what else the system adds to a request ("umask"; "cwd", "handles", "console"). */
void os_describe_process(struct buf *b);

bool os_change_directory(const char *path); /* false: said why on stderr */

/* Sends the request (a whole frame) with the standard handles and the working directory to the agent, passes signals and
 * the terminal on, prints what comes back, and returns the exit status for this process. `quiet_when_absent`: the
 * agent not running is not an error worth a line. */
int os_converse(const struct buf *request, bool quiet_when_absent);

#endif
