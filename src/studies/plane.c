/* What every unit of a net says over the plane, and what its output sees of the points (unroll/plane.h). */
#include "unroll/plane.h"

#include "mlp.h"
#include "nets.h"

enum { LOW, HIGH, STEPS, SETTINGS };
enum { ROWS_A_PIECE = 8 };
static const ur_setting settings[SETTINGS] = {
    [LOW] = {.key = "low",
             .type = UR_SETTING_REAL,
             .def = -1,
             .min = -1e6,
             .max = 1e6,
             .help = "x_1 and x_2 from"},
    [HIGH] = {.key = "high", .type = UR_SETTING_REAL, .def = 1, .min = -1e6, .max = 1e6, .help = "and up to"},
    [STEPS] = {.key = "steps", .def = 41, .min = 2, .max = UR_PLANE_STEPS_MAX, .help = "values of each"}};
static const ur__study_input inputs[] = {UR__NET_ROWS("mlp spiral activation=relu init=he error=bernoulli"),
                                         {.name = NULL}};

typedef struct state {
  ur_trainer *trainer;
  ur_plane plane;
  double *units, *answers, *layers, *across, *up;
} state;

static int hidden_of(const ur__mlp_net *net) {
  int units = 0;
  for (int l = 0; l + 1 < net->count; l++) units += net->layers[l].units;
  return units;
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  const int steps = (int)ur__study_setting(study, STEPS);
  s->plane = (ur_plane){ur__study_setting(study, LOW), ur__study_setting(study, HIGH), steps};
  ur_status status = ur__net_take(study, &s->trainer);
  if (status == UR_OK)
    status = ur_plane_rows(s->trainer, &s->plane, 0, 0, NULL, NULL); /* can it be looked at? */
  if (status != UR_OK) return status;
  const ur__mlp_net net = ur__mlp_net_of(ur__model_values(&s->trainer->settings), &s->trainer->net.io);
  const int hidden = hidden_of(&net);
  if (hidden == 0)
    return ur_fail(UR_E_STATE, "hidden_1", "the net has no hidden unit to look at; give it some");
  const int unit = ur__study_axis(study, "unit", hidden, NULL), y = ur__study_axis(study, "y", steps, NULL),
            x = ur__study_axis(study, "x", steps, NULL),
            output = ur__study_axis(study, "output", s->trainer->net.io.numbers, NULL),
            point = ur__study_axis(study, "point", s->trainer->examples.points.train, NULL);
  double *const places[] = {ur__study_places(study, x, ""), ur__study_places(study, y, "")};
  s->units = ur__study_array(study, "value", "", 3, (int[]){unit, y, x});
  s->answers = ur__study_array(study, "answer", "", 3, (int[]){output, y, x});
  s->layers = ur__study_array(study, "layer", "", 1, &unit);
  s->across = ur__study_array(study, "across", "", 1, &point);
  s->up = ur__study_array(study, "up", "", 1, &point);
  for (int k = 0; k < 2 && places[k] != NULL; k++)
    for (int i = 0; i < steps; i++)
      places[k][i] = s->plane.from + (s->plane.to - s->plane.from) * i / (steps - 1);
  for (int l = 0, u = 0; l + 1 < net.count && s->layers != NULL; l++)
    for (int j = 0; j < net.layers[l].units; j++) s->layers[u++] = l + 1;
  return ur__study_declared(study, 1 + (steps + ROWS_A_PIECE - 1) / ROWS_A_PIECE);
}

/* What the output sees; then some rows. */
static ur_status piece(ur_study *study, void *from, int i) {
  const state *s = from;
  const int first = (i - 1) * ROWS_A_PIECE, left = s->plane.steps - first;
  (void)study;
  if (i == 0) return ur_last_sees(s->trainer, s->across, s->up);
  return ur_plane_rows(s->trainer, &s->plane, first, left < ROWS_A_PIECE ? left : ROWS_A_PIECE, s->units,
                       s->answers);
}

static void end(void *from) { ur_trainer_free(((state *)from)->trainer); }

const ur__study ur__study_plane = {.name = "plane",
                                   .help = "what every unit of a net says over the plane of its inputs",
                                   .settings = settings,
                                   .setting_count = SETTINGS,
                                   .inputs = inputs,
                                   .state = sizeof(state),
                                   .begin = begin,
                                   .piece = piece,
                                   .end = end};
