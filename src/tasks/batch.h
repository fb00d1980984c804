/* tasks/batch.h: a batch is a set of named arrays. A task declares which it gives; the inputs of a model's
 * graph name what they take. Lengths and counts are derived here, from what stands for padding. */
#ifndef UNROLL_TASKS_BATCH_H
#define UNROLL_TASKS_BATCH_H

#include "unroll/status.h"

#define UR__ARRAYS_MAX 4
#define UR__NO_PADDING (-2)

/* A row of a task's table; a row without a name ends it. */
typedef struct ur__array {
  const char *name;
  const char *axes; /* T steps, S of the source, B sequences, time-major; else `width` wide */
  int real, width;  /* real: floats; else tokens, int32 */
  int32_t padding;  /* beyond a sequence's end; UR__NO_PADDING where all are equally long */
  int place;        /* 1: a step of the sequence, from 1, and no token; what is said of it is a number */
} ur__array;

typedef struct ur__batch {
  const ur__array *arrays;     /* the task's table */
  void *cells[UR__ARRAYS_MAX]; /* by row: int32_t or float, [length, count] or as its axes say */
  int count, length, source;   /* B, T and S; 0 where there is no source */
  int32_t *lengths;            /* [count], derived: steps of each sequence */
  int32_t *source_lengths;     /* [count], derived: of each source */
  int first_place;             /* what the place of its first step counts as; 0 but where training draws it */
  uint32_t predicted; /* derived: targets "y" that are no padding; of several numbers each, one. Where
                         the task gives "counted" (floats [T,B], 1 or 0), those with a 1 */
} ur__batch;

/* Room for `count` sequences of `length` steps, and of `source` steps of theirs, zeros; one allocation, freed
 * by ur__batch_free. UR_E_MEMORY.
 */
ur_status ur__batch_room(const ur__array *arrays, int count, int length, int source, ur__batch *out);
void ur__batch_free(ur__batch *batch);
/* Lengths and the count of targets, once the arrays are filled. */
void ur__batch_derive(ur__batch *batch);

/* Has any of them the axis S? */
int ur__batch_reads_source(const ur__array *arrays);
/* The row of this name, or -1. */
int ur__array_find(const ur__array *arrays, const char *name);
size_t ur__array_cells(const ur__array *array, const ur__batch *batch); /* at its present size */
/* The source of the first sequence: [S] tokens, or -1 each where it is numbers. */
void ur__batch_source(const ur__batch *batch, int32_t *out);
/* The cells of an array; NULL where the task gives none of that name and kind. */
int32_t *ur__batch_tokens(const ur__batch *batch, const char *name);
float *ur__batch_reals(const ur__batch *batch, const char *name);

#endif
