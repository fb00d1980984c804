/* study/simple.h: what a simple way answers on the tasks of others.h, beside a net.
 *
 * protein: the class whose mean composition (how often each residue is there) is the nearest to the chain's.
 * digits: the class whose mean picture is the nearest, point by point. Both over UR__SIMPLE_TRAINED examples
 * that are trained on; of squared distances. days: as much as yesterday; as much as a week before. */
#ifndef UNROLL_STUDY_SIMPLE_H
#define UNROLL_STUDY_SIMPLE_H

#include "examples.h"
#include "others.h"

enum { UR__SIMPLE_TRAINED = 1024, UR__SIMPLE_CLASSES = 10, UR__SIMPLE_FEATURES = 144 };
enum { UR__SIMPLE_YESTERDAY, UR__SIMPLE_WEEK, UR__SIMPLE_WAYS };

typedef struct ur__simple {
  const ur__task *task;
  int classes, features;                                  /* of days 0 */
  double means[UR__SIMPLE_CLASSES * UR__SIMPLE_FEATURES]; /* [classes, features] */
} ur__simple;

/* The means, over the examples that a run of this seed and these values of the task's settings is trained on.
 * examples: begun. UR_E_MEMORY; UR_E_NAME for a task of another kind. */
ur_status ur__simple_fit(const ur__examples *examples, ur__simple *out);
/* What is said of example b: the class, or by each way a number; says how many ways there are. distances:
 * NULL, or to each class the squared distance. */
int ur__simple_answer(const ur__simple *simple, const ur__batch *batch, int b, double said[UR__SIMPLE_WAYS],
                      double distances[UR__SIMPLE_CLASSES]);
/* Over the unseen examples, by each way: the share of classes that are wrong, or the root of the mean square
 * of what a number is off by. Returns a status; UR_E_MEMORY. */
ur_status ur__simple_errors(const ur__examples *examples, const ur__simple *simple,
                            double errors[UR__SIMPLE_WAYS]);

#endif
