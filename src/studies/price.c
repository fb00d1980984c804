/* What the bottom of a quadratic costs with gradients and without, against its weights (unroll/descent.h). */
#include "studies.h"
#include "unroll/descent.h"

enum { DOUBLINGS, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    [DOUBLINGS] = {.key = "doublings",
                   .def = 7,
                   .min = 1,
                   .max = 9,
                   .help = "weights are 1, 2, 4, ... up to 2 to this"}};

typedef struct state {
  double *weights, *calls, *operations, *gap; /* the last three [2, sizes], and so the next two */
  double *one_calls, *one_operations;         /* of one gradient */
} state;

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  static const char *const ways[] = {"errors", "gradients"};
  const int sizes = 1 + (int)ur__study_setting(study, DOUBLINGS), way = ur__study_axis(study, "by", 2, ways),
            size = ur__study_axis(study, "weights", sizes, NULL);
  s->weights = ur__study_places(study, size, "");
  s->calls = ur__study_array(study, "calls", "", 2, (int[]){way, size});
  s->operations = ur__study_array(study, "operations", "", 2, (int[]){way, size});
  s->one_calls = ur__study_array(study, "one_calls", "", 2, (int[]){way, size});
  s->one_operations = ur__study_array(study, "one_operations", "", 2, (int[]){way, size});
  s->gap = ur__study_array(study, "gap", "", 2, (int[]){way, size});
  for (int i = 0; i < sizes && s->weights != NULL; i++) s->weights[i] = 1 << i;
  return ur__study_declared(study, sizes);
}

static ur_status piece(ur_study *study, void *from, int i) {
  const state *s = from;
  const int sizes = 1 + (int)ur__study_setting(study, DOUBLINGS);
  ur_price by[2], one[2];
  ur_status status = ur_descent_price(1 << i, ur__study_seed(study), &by[0], &by[1]);
  if (status == UR_OK) status = ur_gradient_price(1 << i, ur__study_seed(study), &one[0], &one[1]);
  for (int way = 0; way < 2 && status == UR_OK; way++) {
    s->calls[way * sizes + i] = by[way].calls;
    s->operations[way * sizes + i] = by[way].operations;
    s->one_calls[way * sizes + i] = one[way].calls;
    s->one_operations[way * sizes + i] = one[way].operations;
    s->gap[way * sizes + i] = by[way].gap;
  }
  return status;
}

const ur__study ur__study_price = {
    .name = "price",
    .help = "calls of an error or its gradient that lead to the bottom of a quadratic",
    .settings = settings,
    .setting_count = SETTINGS,
    .state = sizeof(state),
    .begin = begin,
    .piece = piece};
