/* Frames: a 4-byte little-endian length and that many bytes of JSON, at most FRAME_MAX.
 *
 * cordon -> spawner, the first frame carries the descriptors stdin, stdout, stderr and the working directory (O_PATH):
 *   {"op":"run|status|explain","argv":[…],"env":{…},"session":…,"toolCall":…,"reason":…,"traceparent":…,"umask":18,"args":{…}}
 *   {"t":"signal","signal":15,"group":false}       group: as a terminal would, the whole foreground job
 * spawner -> cordon:
 *   {"t":"started"}                                the plan was accepted: from here on signals are passed on
 *   {"t":"pty"} with the master's descriptor       relay the terminal
 *   {"t":"stopped"}                                the job was suspended from its terminal
 *   {"t":"exited","code":0,"signal":0}
 *   {"t":"reply","exit":126,"stdout":"","stderr":"…"}   an answer instead of a run
 *   {"t":"failed","message":"…"}                   nothing ran, or Cordon lost it
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
