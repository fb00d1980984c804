/* tasks/pictures.h: constructed pictures of 24 x 24 dots in three colours, cut into 3 x 3 patches of 8 x 8,
 * in each of which at most one shape stands, and what is written for one.
 *
 * Two different things stand in one row or one column, in any of its patches. caption: "red circle and blue
 * square", in reading order. relation: "red circle left of blue square", or above: the first in reading order
 * is the one that is spoken of.
 *
 * A dot is red, green and blue from 0 to 1, off by noise; a patch is its dots row by row, 192 numbers. Where
 * in its patch a shape stands, a dot to the left or not, up or not, and the noise follow from a number and
 * the patch, so a picture comes back as it was from a short text: "red circle 0 0, blue square 0 2, noise
 * 42", rows and columns from 0; "cover 0 2" makes a patch white. Without "noise" nothing is off. */
#ifndef UNROLL_TASKS_PICTURES_H
#define UNROLL_TASKS_PICTURES_H

#include "batch.h"
#include "corpus.h"
#include "tasks.h"
#include "unroll/rng.h"

enum {
  UR__PICTURE_SIDE = 3,                                    /* patches */
  UR__PATCHES = UR__PICTURE_SIDE * UR__PICTURE_SIDE,       /* S */
  UR__PATCH_SIDE = 8,                                      /* dots */
  UR__PATCH_NUMBERS = 3 * UR__PATCH_SIDE * UR__PATCH_SIDE, /* of a patch */
  UR__PICTURE_WORDS = 6,                                   /* of the longest that is written, without <end> */
  UR__PICTURE_NOISES = 1000000,                            /* numbers of noise */
  UR__PICTURE_SCENES = 18 * 24 * 23                        /* places, and two things that differ */
};

typedef struct ur__picture {
  int8_t things[UR__PATCHES]; /* colour * 4 + shape of what stands there; -1: nothing */
  uint32_t covered;           /* a bit a patch, the first the lowest */
  int32_t noise;              /* its number; -1: none */
} ur__picture;

/* Every word that is written, of both tasks. UR_E_TEXT. */
ur_status ur__picture_vocabulary(ur__corpus *out);
ur__picture ur__picture_draw(ur_rng *stream);
/* Of what stands where, whatever its noise. */
uint64_t ur__picture_hash(const ur__picture *picture);
/* What is right for it, without <end>; how many words, 0 where not two things stand in a row or a column:
 * then nothing is known to be right. */
int ur__picture_write(const ur__task *task, const ur__picture *picture, int32_t out[UR__PICTURE_WORDS]);
/* Which patch word t, from 0, of n such words speaks of; -1 of a word that joins others, and beyond. */
int ur__picture_place(const ur__picture *picture, int n, int t);
/* As number b of the batch: "source" [S,B,E], "x" and "y" of batch->length steps with what is right; these
 * stay as they are where it is not known. values: of the task's settings. How many words. */
int ur__picture_fill(const ur__task *task, const double *values, const ur__picture *picture, int b,
                     ur__batch *batch);
void ur__picture_print(const ur__picture *picture, ur_buffer *out);
/* UR_E_TEXT says what is wrong. */
ur_status ur__picture_read(const char *text, ur__picture *out);

#endif
