/* What cordon needs of the operating system. Linux: os_linux.c, terminal relay in pty_linux.c. Windows: os_windows.c, the pipe
 * in channel_windows.c, console relay in console_windows.c. What only a hook needs: hook_linux.c, hook_windows.c. */
#ifndef CORDON_OS_H
#define CORDON_OS_H

#include <stdbool.h>

#include "buf.h"

/* Exit status when Cordon itself failed: nothing ran, or what ran was lost. */
#define EXIT_CORDON 125

/* `cordon hook AGENT EVENT` (hook.c); `cordon` is how the program was called. */
int hook_main(const char *cordon, char **argv);

/* The program; the system's own entry point calls it with arguments as bytes (see json.h). argv is NULL-terminated. */
int cordon_main(int argc, char **argv);

/* What the usage says of this system, after its words on the exit status. */
extern const char os_usage[];

/* Writes to standard output (1) or standard error (2). Ends with a newline whether the text does or not. */
void os_print(int stream, const char *text);

/* A variable of the environment, or NULL. */
const char *os_variable(const char *name);

/* Writes the members "env" (empty unless wanted) and what else the system adds to a request ("umask"; "cwd", "handles",
 * "console"). */
void os_describe_process(struct buf *b, bool with_environment);

bool os_change_directory(const char *path); /* false: said why on stderr */

/* How to converse: the agent not running is not an error worth a line; as a hook does: nobody answers but the service itself,
 * whatever the environment says, and it does not get the standard handles, which would stay open as long as it holds them. */
enum { CONVERSE_QUIET = 1, CONVERSE_HOOK = 2 };

/* Sends the request (a whole frame) with the standard handles and the working directory to the agent, passes signals and
 * the terminal on, prints what comes back, and returns the exit status for this process. */
int os_converse(const struct buf *request, unsigned how);

/* Unless the agent answers within so many seconds, prints the texts (or NULL) and ends this process with the status. 0: not
 * any more. */
void os_deadline(unsigned seconds, const char *out, const char *err, int status);

/* Reads standard input to its end. False: there is more than `most` bytes, or it cannot be read. */
bool os_read_input(struct buf *b, size_t most);

/* Whether this process runs inside a boundary that Cordon made, by what only the system's owner could have set up. */
bool os_confined(void);

/* Becomes the command: the same process, descriptors and environment. Returns only if it could not start, with the exit status
 * after having said why. */
int os_become(char **argv);

#endif
