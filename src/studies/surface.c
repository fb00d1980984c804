/* The error of a net over two of its weights, row by row, and where it stands still (unroll/surface.h). */
#include "unroll/surface.h"

#include <math.h>

#include "nets.h"

enum { FIRST, SECOND, LOW_1, HIGH_1, LOW_2, HIGH_2, STEPS, SETTINGS };
enum { STATIONARY_MAX = 16, ROWS_A_PIECE = 10 };
#define RANGE(name, at, words)                                                                               \
  { .key = name, .type = UR_SETTING_REAL, .def = at, .min = -1e6, .max = 1e6, .help = words }
static const ur_setting settings[SETTINGS] = {
    UR__NET_TWO_WEIGHTS(FIRST, SECOND),
    [LOW_1] = RANGE("low_1", -4, "the first from"),
    [HIGH_1] = RANGE("high_1", 4, "and up to"),
    [LOW_2] = RANGE("low_2", -4, "the second from"),
    [HIGH_2] = RANGE("high_2", 4, "and up to"),
    [STEPS] = {
        .key = "steps", .def = 100, .min = 3, .max = UR_SURFACE_STEPS_MAX, .help = "values of each of both"}};
static const ur__study_input inputs[] = {UR__NET_ROWS("mlp curve hidden_1=1 hidden_2=0"), {.name = NULL}};

typedef struct state {
  ur_trainer *trainer;
  ur_axis x, y;
  double *error;
  double *at, *height, *hessian, *eigenvalue, *direction, *kind;
} state;

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  static const char *const both[] = {"first", "second"}, *const kinds[] = {"minimum", "saddle", "maximum",
                                                                           "flat"};
  const int steps = (int)ur__study_setting(study, STEPS);
  const ur_status status = ur__net_take(study, &s->trainer);
  if (status != UR_OK) return status;
  s->x = (ur_axis){(int)ur__study_setting(study, FIRST), ur__study_setting(study, LOW_1),
                   ur__study_setting(study, HIGH_1), steps};
  s->y = (ur_axis){(int)ur__study_setting(study, SECOND), ur__study_setting(study, LOW_2),
                   ur__study_setting(study, HIGH_2), steps};
  const int x = ur__study_axis(study, "x", steps, NULL), y = ur__study_axis(study, "y", steps, NULL),
            place = ur__study_axis(study, "place", STATIONARY_MAX, NULL),
            weight = ur__study_axis(study, "weight", 2, both), bend = ur__study_axis(study, "bend", 2, NULL),
            kind = ur__study_axis(study, "kind", 4, kinds);
  double *const places[] = {ur__study_places(study, x, ""), ur__study_places(study, y, "")};
  for (int i = 0; i < steps && places[0] != NULL && places[1] != NULL; i++) {
    places[0][i] = s->x.from + (s->x.to - s->x.from) * i / (steps - 1);
    places[1][i] = s->y.from + (s->y.to - s->y.from) * i / (steps - 1);
  }
  s->error = ur__study_array(study, "error", "", 2, (int[]){y, x});
  s->at = ur__study_array(study, "at", "", 2, (int[]){place, weight});
  s->height = ur__study_array(study, "height", "", 1, &place);
  s->hessian = ur__study_array(study, "hessian", "", 3, (int[]){place, weight, weight});
  s->eigenvalue = ur__study_array(study, "eigenvalue", "", 2, (int[]){place, bend});
  s->direction = ur__study_array(study, "direction", "", 3, (int[]){place, bend, weight});
  s->kind = ur__study_array(study, "is", "", 2, (int[]){place, kind});
  return ur__study_declared(study, (steps + ROWS_A_PIECE - 1) / ROWS_A_PIECE + 1);
}

static ur_status find_stationary(const state *s) {
  ur_stationary found[STATIONARY_MAX];
  int count;
  const ur_status status =
      ur_surface_stationary(s->trainer, &s->x, &s->y, s->error, found, STATIONARY_MAX, &count);
  for (int i = 0; status == UR_OK && i < count && i < STATIONARY_MAX; i++) {
    s->height[i] = found[i].error;
    for (int k = 0; k < 2; k++)
      s->at[2 * i + k] = found[i].at[k], s->eigenvalue[2 * i + k] = found[i].eigenvalues[k];
    for (int k = 0; k < 4; k++)
      s->hessian[4 * i + k] = found[i].hessian[k], s->direction[4 * i + k] = found[i].directions[k],
                         s->kind[4 * i + k] = found[i].kind == (ur_stationary_kind)k;
  }
  return status;
}

/* Some rows; after the last of them what stands still. */
static ur_status piece(ur_study *study, void *from, int i) {
  const state *s = from;
  const int row = i * ROWS_A_PIECE;
  (void)study;
  if (row >= s->y.steps) return find_stationary(s);
  const int rows = s->y.steps - row < ROWS_A_PIECE ? s->y.steps - row : ROWS_A_PIECE;
  return ur_surface_rows(s->trainer, &s->x, &s->y, row, rows, s->error);
}

static void end(void *from) { ur_trainer_free(((state *)from)->trainer); }

const ur__study ur__study_surface = {
    .name = "surface",
    .help = "the error of a net over two of its weights, and where it stands still",
    .settings = settings,
    .setting_count = SETTINGS,
    .inputs = inputs,
    .state = sizeof(state),
    .begin = begin,
    .piece = piece,
    .end = end};
