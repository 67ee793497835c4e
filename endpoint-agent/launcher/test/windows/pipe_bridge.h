/* A stand-in for the service's end of the pipe, driven by the test through standard input and output.
 * Messages both ways: one letter, a 4-byte little-endian length, the content.
 *   from the test:  S bytes to send as they are · F tell when the client has read them · C end the connection
 *                   H handle (decimal) of the client, space, text to write to it
 *                   P make a pseudo console's two pipes for the client and tell it · O bytes for the second · E end the second
 *   to the test:    R the pipe is there · N a client (its process id) · D what it sent · I what it typed · F it has read all
 *                   X it is gone
 */
#ifndef PIPE_BRIDGE_H
#define PIPE_BRIDGE_H

#include <stdbool.h>
#include <windows.h>

/* One instance of a pipe for local clients. */
HANDLE make_pipe(const WCHAR *name, DWORD open_mode);

/* Runs as the service CordonAgent, which answers every request with "reply" and a text of its own. */
int run_service(void);

#endif
