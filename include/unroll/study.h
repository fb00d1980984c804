/* unroll/study.h: what can only be looked at. A study is a name, settings and inputs, and gives arrays with
 * names, axes and units: curves, counts, surfaces. What one can step through is a tape (graph.h); a study has
 * no steps, only pieces of work, so that whoever waits for it can be told how far it is, and can stop by
 * freeing it.
 *
 * The same settings and inputs give the same arrays on every target. */
#ifndef UNROLL_STUDY_H
#define UNROLL_STUDY_H

#include "unroll/settings.h"

typedef struct ur_study ur_study;
/* With its settings and inputs as they are at first. UR_E_NAME lists the studies there are; UR_E_MEMORY. */
ur_status ur_study_create(const char *name, ur_study **out);
void ur_study_free(ur_study *study);

/* A setting by its key, or an input by its name: a text, or numbers with spaces, commas or ends of line
 * between them. UR_E_SETTING for a setting's value, or where there is neither; UR_E_TEXT for what is no
 * number, and which one it is; UR_E_STATE once it has begun. */
ur_status ur_study_set(ur_study *study, const char *key, const char *value);

typedef struct ur_study_report {
  int done;
  double fraction; /* of its pieces */
} ur_study_report;
/* The next piece of work; the first declares what there will be. Errors: those of the study, UR_E_MEMORY;
 * UR_E_STATE after a first that failed. */
ur_status ur_study_step(ur_study *study, ur_study_report *out);

/* What it gives, valid until it is freed: from the first step on, and whole when it is done. */
typedef struct ur_study_axis {
  const char *name;
  int size;
  const char *const
      *labels; /* [size]; NULL: its places are an array of this name over it, or nothing but numbers */
} ur_study_axis;
#define UR_STUDY_RANK_MAX 4
typedef struct ur_study_array {
  const char *name, *unit; /* "" for a number without a unit */
  int rank, axes[UR_STUDY_RANK_MAX];
  size_t cells;
  const double *values; /* [cells], the last axis fastest; NaN where there is no number */
} ur_study_array;
int ur_study_axes(const ur_study *study); /* how many */
ur_study_axis ur_study_axis_at(const ur_study *study, int i);
int ur_study_arrays(const ur_study *study);
ur_study_array ur_study_array_at(const ur_study *study, int i);

#endif
