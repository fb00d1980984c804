/* tasks/points.h: points in the plane or on a line, each with what a net should say of it. There are as many
 * as the task's settings say, made once from the seed, or those of the reader's own text; others, unseen, are
 * evaluated on.
 *
 * curve: t = sin(2 pi x) + noise, x evenly spaced in [0,1]. circles: 1 within, 0 around. xor: 1 where the
 * signs of both differ. spiral: two arms. moons: two halves that reach into one another. arms: a spiral of
 * three, which of them as three numbers of which one is 1. In the plane all lie between -1 and 1, and noise
 * moves them in both directions.
 *
 * marks, pass, passes, grade: a class that was made up. Student i of n studied x_1 = (i + 1/2) / n of ten
 * hours and came to a share x_2 of the lectures, drawn, both rounded to tenths. The written mark is 0.7 x_1 +
 * 0.3 x_2
 * + noise, the oral one 0.3 x_1 + 0.6 x_2 + 0.1 + noise, both rounded to hundredths; their mean is 0.45 to
 * pass, 0.7 for distinction. What is said of them: both marks; passed; passed, with distinction; one of
 * failed, passed, with distinction.
 *
 * As text a point is a line of its numbers, first where it is, then what should be said: "0.5 -0.25 1". A
 * line that begins with ? is unseen; where there is none, all points are on both sides. */
#ifndef UNROLL_TASKS_POINTS_H
#define UNROLL_TASKS_POINTS_H

#include "corpus.h"
#include "tasks.h"

enum { UR__POINTS_MAX = 1000, UR__POINTS_UNSEEN = 256 };
/* In which order they are trained on. */
enum { UR__IN_TURN, UR__SHUFFLED, UR__DRAWN };

typedef struct ur__points {
  int features, outputs; /* F and C: numbers of a point, and of its answer */
  int train, unseen;
  float *x, *y;    /* [train + unseen, F], [train + unseen, C] */
  uint32_t *order; /* [train]: of epoch `shuffled` */
  uint64_t shuffled;
  uint64_t seed;
  int how;
} ur__points;

/* Made, or read from `text` where its data is not NULL. UR_E_TEXT says which line is wrong and what to do;
 * UR_E_MEMORY. To be freed; empty after a failure. */
ur_status ur__points_create(const ur__task *task, const double *values, uint64_t seed, ur_bytes text,
                            ur__points *out);
void ur__points_free(ur__points *points);
/* batch->count points from number `first` on, of those trained on or of the unseen, as they stand; after the
 * last comes the first. The arrays have room. */
void ur__points_fill(const ur__points *points, int unseen, uint64_t first, ur__batch *batch);
/* The same of those trained on, in the order that the settings say: in turn, round and round; each epoch
 * shuffled (stream "data"); or each drawn from all, so that one may come twice. */
void ur__points_next(ur__points *points, uint64_t first, ur__batch *batch);

void ur__point_print(const ur__task *task, const ur__batch *batch, int b, ur_buffer *out);
/* One line as a batch of one. UR_E_TEXT. */
ur_status ur__point_read(const ur__task *task, const char *text, ur__batch *batch);

#endif
