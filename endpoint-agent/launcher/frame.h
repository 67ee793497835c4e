/* Frames: a 4-byte little-endian length and that many bytes of JSON, at most FRAME_MAX.
 *
 * Linux, cordon -> spawner; the first frame carries the descriptors stdin, stdout, stderr (of a hook: /dev/null) and the working
 * directory (O_PATH):
 *   {"op":"run|status|explain|hook","argv":[…],"env":{…},"session":…,"toolCall":…,"reason":…,"traceparent":…,"umask":18,"args":{…}}
 *   {"t":"signal","signal":15,"group":false}       group: as a terminal would, the whole foreground job
 * Windows, cordon -> service, over the byte pipe \\.\pipe\cordon (CORDON_PIPE names another):
 *   {"op":…,"argv":[…],"session":…,"toolCall":…,"reason":…,"traceparent":…,"env":{…},"cwd":"C:\\…",
 *    "handles":{"stdin":N,"stdout":N,"stderr":N},   values in the caller's process, 0: none
 *    "console":{"stdin":true,"stdout":true,"stderr":false,"columns":80,"rows":25},   which of them are consoles; absent: none
 *    "args":{…}}                                    texts are UTF-16: a lone surrogate is escaped, \ud800
 *   {"t":"ctrl","event":0}                          CTRL_C 0, BREAK 1, CLOSE 2, LOGOFF 5, SHUTDOWN 6; only after "started"
 *   {"t":"resize","columns":120,"rows":30}          only after "pty"
 * spawner or service -> cordon:
 *   {"t":"started"}                                the plan was accepted: from here on signals are passed on
 *   {"t":"pty"} with the master's descriptor       relay the terminal
 *   {"t":"pty","in":N,"out":N}                     Windows: ends of two synchronous pipes, duplicated into the caller's process:
 *                                                  write what is typed (UTF-8, VT) to in, show what is read from out; both are
 *                                                  the caller's to close. The service closes its end of out with the console
 *   {"t":"stopped"}                                Linux: the job was suspended from its terminal
 *   {"t":"exited","code":0,"signal":0}             Windows: code is the 32-bit exit status, unsigned; no signal
 *   {"t":"reply","exit":126,"stdout":"","stderr":"…"}   an answer instead of a run
 *   {"t":"failed","message":"…"}                   nothing ran, or Cordon lost it
 *
 * On Windows the pipe's clients ask for FILE_GENERIC_READ and FILE_WRITE_DATA (0x12008B), so its DACL need not let anyone make an
 * instance of it. They let the server impersonate them, and send nothing before they know that it is the service CordonAgent.
 */
#ifndef CORDON_FRAME_H
#define CORDON_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

#define FRAME_MAX (1024 * 1024)

enum frame_state { FRAME_NONE, FRAME_READY, FRAME_TOO_LARGE };

/* Reserves the header; write the payload into b, then call frame_end. Returns where the frame began. */
size_t frame_begin(struct buf *b);
/* Fills in the length. False when the payload is larger than FRAME_MAX or memory ran out. */
bool frame_end(struct buf *b, size_t begin);

/* Looks for a whole frame at the start of b. *payload points into b. Consume *size + 4 bytes afterwards. */
enum frame_state frame_next(const struct buf *b, const char **payload, size_t *size);

#endif
