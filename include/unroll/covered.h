/* unroll/covered.h: which patch of a picture a word hangs on (tasks caption and relation): what is looked at
 * for it, beside what is lost when a patch is made white (occlusion: Zeiler and Fergus 2014). The trainer's
 * parameters are read and not changed.
 *
 * A look is the row of a word's weights in the decoder's attention across, the mean over its heads and
 * blocks: for one head and one block itself. A fall is log p of the word with the picture as it is, less log
 * p of it with one patch white, in nats, led by the same words. */
#ifndef UNROLL_COVERED_H
#define UNROLL_COVERED_H

#include "unroll/train.h"

typedef struct ur_covered {
  int patches, numbers, steps; /* S, numbers of a patch, T with <end> */
  const float *picture;        /* [S,numbers]: dots row by row, red, green and blue from 0 to 1 */
  const float *looks, *falls;  /* [T,S] each */
  const float *log_p;          /* [T]: as it is */
  const int32_t *words,
      *right;            /* [T] each: what is written, and what would be right; -1 where none is known */
  const int32_t *places; /* [T]: the patch that a word of the right ones speaks of; -1: of none */
  void *memory;          /* all of the above, one after another in this order: looks, falls, log_p */
} ur_covered;
/* picture: as the task reads one. target: what is written; NULL: what the model writes for the picture.
 * UR_E_STATE for a model that reads no pictures, UR_E_TEXT, UR_E_MEMORY. Empty after a failure, else to be
 * freed. */
ur_status ur_covered_read(ur_trainer *trainer, const char *picture, const char *target, ur_covered *out);
void ur_covered_free(ur_covered *covered);

/* Over the right words of many unseen pictures. */
typedef enum ur_cover_kind { UR_COVER_COLOUR, UR_COVER_SHAPE, UR_COVER_OTHER, UR_COVER_KINDS } ur_cover_kind;
typedef struct ur_cover_counts {
  int pictures, words[UR_COVER_KINDS]; /* others: "and", "left", <end> and the like */
  double looked[UR_COVER_KINDS];       /* share whose largest weight lies on the patch that they speak of */
  double missed[UR_COVER_KINDS];       /* share whose log p falls most when that is covered */
  double look[UR_COVER_KINDS];         /* mean of the largest weight */
  double fall[UR_COVER_KINDS];         /* mean fall when the patch with the largest weight is covered */
} ur_cover_counts;                     /* of others no place is right: their first two are 0 */
/* The first `pictures`, 1 to 512. UR_E_STATE, UR_E_ARGUMENT, UR_E_MEMORY. */
ur_status ur_cover_counts_of(ur_trainer *trainer, int pictures, ur_cover_counts *out);

#endif
