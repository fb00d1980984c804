/* studies/studies.h: the table of studies; each is a file of its own. */
#ifndef UNROLL_STUDIES_STUDIES_H
#define UNROLL_STUDIES_STUDIES_H

#include "unroll/study.h"

/* A row names src/studies/<id>.c; one without its file does not link. */
#define UR__STUDY_LIST(X)                                                                                    \
  X(steps)                                                                                                   \
  X(curve)                                                                                                   \
  X(solve)                                                                                                   \
  X(descend)                                                                                                 \
  X(validate)                                                                                                \
  X(wide)                                                                                                    \
  X(strings)                                                                                                 \
  X(meaning)                                                                                                 \
  X(skipgram)                                                                                                \
  X(analogy)                                                                                                 \
  X(regions)                                                                                                 \
  X(surface)                                                                                                 \
  X(noise)                                                                                                   \
  X(equivalent)                                                                                              \
  X(paths)                                                                                                   \
  X(price)                                                                                                   \
  X(positions)                                                                                               \
  X(plane)                                                                                                   \
  X(fold)                                                                                                    \
  X(equal)                                                                                                   \
  X(chain)                                                                                                   \
  X(contexts)                                                                                                \
  X(window) X(guess) X(spelling) X(endings) X(author) X(by_depth) X(slice) X(approximate) X(simple) X(bars)

enum { UR__TEXT, UR__NUMBERS };
/* A row without a name ends the table. */
typedef struct ur__study_input {
  const char *name;
  int kind;
  const char *def, *help;
} ur__study_input;

typedef struct ur__study {
  const char *name, *help;
  const ur_setting *settings; /* the seed is everybody's */
  int setting_count;
  const ur__study_input *inputs; /* NULL for none */
  const char *reads; /* a text that comes with a task, which it reads however it is set; NULL for none */
  size_t state;      /* bytes of what it keeps from piece to piece, zeros at first */
  /* Looks at settings and inputs, declares axes and arrays, says how many pieces there are. */
  ur_status (*begin)(ur_study *study, void *state);
  ur_status (*piece)(ur_study *study, void *state, int i); /* fills what belongs to piece i, from 0 */
  void (*end)(void *state);                                /* frees what it keeps; NULL: nothing */
} ur__study;

#define UR__STUDY_DECLARED(id) extern const ur__study ur__study_##id;
UR__STUDY_LIST(UR__STUDY_DECLARED)
#undef UR__STUDY_DECLARED
extern const ur__study *const ur__studies[];
extern const int ur__study_count;

ur_status ur__study_open(const ur__study *of, ur_study **out); /* as ur_study_create */

/* ---- for a study's own file ---- */
double ur__study_setting(const ur_study *study, int row); /* by its row; a choice gives its index */
uint64_t ur__study_seed(const ur_study *study);
const char *ur__study_text(const ur_study *study, int input);
const double *ur__study_numbers(const ur_study *study, int input, int *count);

/* Declared in begin. An axis: its number. labels are copied; NULL for none. */
int ur__study_axis(ur_study *study, const char *name, int size, const char *const *labels);
/* An array over `rank` axes, filled with NaN: its cells. NULL after a failure, which ur__study_declared
 * tells. name and unit are static. */
double *ur__study_array(ur_study *study, const char *name, const char *unit, int rank, const int *axes);
/* The array that gives the places of an axis: of the axis' own name. */
double *ur__study_places(ur_study *study, int axis, const char *unit);
/* How begin ends: pieces of work, or the first failure of a declaration. */
ur_status ur__study_declared(ur_study *study, int pieces);

#endif
