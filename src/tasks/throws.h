/* tasks/throws.h: a ball that is thrown in a box, seen frame by frame, each a place (x, y) in sides of the
 * box: x to the right, y upwards, both from 0 to 1. 0.05 of a unit of time from frame to frame; gravity in
 * sides per unit of time squared; at a wall the speed towards it turns round and keeps a share `bounce`. What
 * is seen is off by normal noise; what flies is not. It is a point: no air, no spin, no friction at the
 * walls.
 *
 * At each step e is the place that is seen, and y by how much the next one will have moved, in tenths of a
 * side. As text: places "0.5,0.25 0.53,0.21", the last one only to be said; or a throw "0.5,0.25>1.2,-0.4", a
 * place and a speed in sides per unit of time, seen without noise for as many frames as the setting says. */
#ifndef UNROLL_TASKS_THROWS_H
#define UNROLL_TASKS_THROWS_H

#include "batch.h"
#include "tasks.h"
#include "unroll/rng.h"

#define UR__THROW_STEP    0.1f /* of a side: the unit of y */
#define UR__THROW_FRAME   0.05 /* of a unit of time, from one to the next */
#define UR__THROW_FASTEST 4    /* sides per unit of time, of one that is written; none is drawn so fast */

typedef struct ur__throw {
  double at[2], speed[2];
} ur__throw;

/* Anywhere but near a wall, up to 0.9 sideways and 0.6 up or down. */
ur__throw ur__throw_draw(ur_rng *stream);
/* What it is one frame later. values: of the task's settings. */
ur__throw ur__throw_next(const double *values, const ur__throw *ball);

/* One as number b of the batch: batch->length steps, from one frame more. speeds: NULL, or [length, 2], how
 * fast it is at each of them. */
void ur__throw_fill(const double *values, ur_rng *stream, int b, ur__batch *batch, float *speeds);
void ur__throw_print(const ur__batch *batch, int b, ur_buffer *out);
/* Into a batch of one with room for `capacity` steps. speeds: NULL, or [capacity, 2], how fast it is at each
 * step, where text is a throw, else not a number. UR_E_TEXT. */
ur_status ur__throw_read(const double *values, const char *text, int capacity, ur__batch *batch,
                         float *speeds);

#endif
