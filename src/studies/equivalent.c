/* All weights of a small net that say the same, and the error of each (unroll/surface.h). */
#include "nets.h"
#include "unroll/surface.h"

enum { UPDATES, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    [UPDATES] = {.key = "updates", .max = 100000, .help = "that the net is trained for first"}};
static const ur__study_input inputs[] = {UR__NET_ROWS("mlp curve hidden_1=3 hidden_2=0"), {.name = NULL}};

enum { EACH = 100 }; /* updates a piece */
typedef struct state {
  ur_trainer *trainer;
  double *weight, *error;
} state;

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  int count;
  ur_status status = ur__net_take(study, &s->trainer);
  if (status == UR_OK) status = ur_equivalent_count(s->trainer, &count);
  if (status != UR_OK) return status;
  const int copy = ur__study_axis(study, "copy", count, NULL),
            number =
                ur__study_axis(study, "number", (int)ur_params_size(ur_trainer_params(s->trainer)), NULL);
  s->weight = ur__study_array(study, "weight", "", 2, (int[]){copy, number});
  s->error = ur__study_array(study, "error", "", 1, &copy);
  return ur__study_declared(study, 1 + ((int)ur__study_setting(study, UPDATES) + EACH - 1) / EACH);
}

/* Some updates; after the last of them what says the same. */
static ur_status piece(ur_study *study, void *from, int i) {
  const state *s = from;
  const int left = (int)ur__study_setting(study, UPDATES) - i * EACH;
  ur_status status = UR_OK;
  ur_step_report report;
  for (int k = 0; k < EACH && k < left && status == UR_OK; k++) status = ur_trainer_step(s->trainer, &report);
  if (status != UR_OK || left > 0) return status;
  return ur_equivalent_weights(s->trainer, s->weight, s->error);
}

static void end(void *from) { ur_trainer_free(((state *)from)->trainer); }

const ur__study ur__study_equivalent = {.name = "equivalent",
                                        .help =
                                            "all weights of a small net that say the same: M! 2^M of them",
                                        .settings = settings,
                                        .setting_count = SETTINGS,
                                        .inputs = inputs,
                                        .state = sizeof(state),
                                        .begin = begin,
                                        .piece = piece,
                                        .end = end};
