/* How far the gradient of a batch is from that of all points, against its size (unroll/surface.h). */
#include "nets.h"
#include "unroll/surface.h"

enum { DRAWS, DOUBLINGS, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    [DRAWS] = {.key = "draws", .def = 200, .min = 1, .max = 10000, .help = "batches of each size"},
    [DOUBLINGS] = {
        .key = "doublings", .def = 8, .min = 1, .max = 12, .help = "sizes are 1, 2, 4, ... up to 2 to this"}};
static const ur__study_input inputs[] = {UR__NET_ROWS("mlp curve hidden_1=10 hidden_2=0"), {.name = NULL}};

typedef struct state {
  ur_trainer *trainer;
  double *batch, *noise;
} state;

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  const ur_status status = ur__net_take(study, &s->trainer);
  if (status != UR_OK) return status;
  const int sizes = 1 + (int)ur__study_setting(study, DOUBLINGS),
            batch = ur__study_axis(study, "batch", sizes, NULL);
  s->batch = ur__study_places(study, batch, "points");
  s->noise = ur__study_array(study, "noise", "", 1, &batch);
  for (int i = 0; i < sizes && s->batch != NULL; i++) s->batch[i] = 1 << i;
  return ur__study_declared(study, sizes);
}

static ur_status piece(ur_study *study, void *from, int i) {
  const state *s = from;
  return ur_gradient_noise(s->trainer, (int)s->batch[i], (int)ur__study_setting(study, DRAWS), &s->noise[i]);
}

static void end(void *from) { ur_trainer_free(((state *)from)->trainer); }

const ur__study ur__study_noise = {.name = "noise",
                                   .help =
                                       "how far a batch's gradient is from that of all points, by its size",
                                   .settings = settings,
                                   .setting_count = SETTINGS,
                                   .inputs = inputs,
                                   .state = sizeof(state),
                                   .begin = begin,
                                   .piece = piece,
                                   .end = end};
