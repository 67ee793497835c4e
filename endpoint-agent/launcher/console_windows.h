/* The caller's side of a run's pseudo console: modes, copying both ways, size. */
#ifndef CORDON_CONSOLE_WINDOWS_H
#define CORDON_CONSOLE_WINDOWS_H

#include <stdbool.h>
#include <windows.h>

#include "buf.h"

/* Writes the member "console" unless no standard handle is one. */
void console_describe(struct buf *b);

/* Shows text (UTF-8) on a console, whatever its code page is. */
void console_write(HANDLE console, const char *text);

/* Takes the console over and relays it to the pipes, whose ends belong to the relay from here on. `wake` is set when the size
 * may have changed. False: these are no pipes, or there is no console. */
bool console_start(HANDLE in, HANDLE out, HANDLE wake);
bool console_active(void);
/* True when the size is another than the one told last. */
bool console_resized(int *columns, int *rows);

/* Shows what the command still wrote, then gives the console back. */
void console_finish(void);
/* Gives the console its modes back; from any thread, also more than once. */
void console_restore(void);

#endif
