/* Nets of some 400 weights, one wide layer to five narrow ones, trained side by side: how many linear pieces
 * each has in the square as training goes on, and its error. */
#include "mlp.h"
#include "nets.h"
#include "unroll/regions.h"

enum { UPDATES, EVERY, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    [UPDATES] = {.key = "updates", .def = 1000, .min = 1, .max = 100000, .help = "from the seed's start"},
    [EVERY] = {.key = "every", .def = 50, .min = 1, .max = 100000, .help = "updates from count to count"}};

enum { NETS = 5 };
static const char *const names[NETS] = {"1 x 95", "2 x 18", "3 x 13", "4 x 10", "5 x 9"};
#define TRAINED                                                                                              \
  "mlp spiral activation=relu init=he error=bernoulli points=80 batch_size=80 schedule=constant "            \
  "learning_rate=0.005 "
static const char *const nets[NETS] = {
    TRAINED "hidden_1=95 hidden_2=0",
    TRAINED "hidden_1=18 hidden_2=18",
    TRAINED "hidden_1=13 hidden_2=13 hidden_3=13",
    TRAINED "hidden_1=10 hidden_2=10 hidden_3=10 hidden_4=10",
    TRAINED "hidden_1=9 hidden_2=9 hidden_3=9 hidden_4=9 hidden_5=9",
};

typedef struct state {
  ur_trainer *trainers[NETS];
  int counts, every; /* places along the updates */
  double *update, *pieces, *error, *parameters;
} state;

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  const int updates = (int)ur__study_setting(study, UPDATES);
  s->every = (int)ur__study_setting(study, EVERY);
  s->counts = updates / s->every + 1;
  const int net = ur__study_axis(study, "net", NETS, names),
            at = ur__study_axis(study, "update", s->counts, NULL);
  s->update = ur__study_places(study, at, "");
  s->pieces = ur__study_array(study, "pieces", "", 2, (int[]){net, at});
  s->error = ur__study_array(study, "error", "nats", 2, (int[]){net, at});
  s->parameters = ur__study_array(study, "parameters", "", 1, &net);
  ur_status status = ur__study_declared(study, NETS * s->counts);
  for (int i = 0; i < NETS && status == UR_OK; i++) {
    status = ur__net_open("net", nets[i], ur__study_seed(study), (ur_bytes){NULL, 0}, &s->trainers[i]);
    if (status == UR_OK) s->parameters[i] = (double)ur_params_size(ur_trainer_params(s->trainers[i]));
  }
  for (int k = 0; k < s->counts && status == UR_OK; k++) s->update[k] = k * s->every;
  return status;
}

/* Net by net, so that all are as far. */
static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  const int net = i % NETS, at = net * s->counts + i / NETS;
  ur_regions regions;
  ur_evaluation evaluation;
  ur_status status = UR_OK;
  (void)study;
  for (int k = 0; k < s->every && i >= NETS && status == UR_OK; k++) {
    ur_step_report report;
    status = ur_trainer_step(s->trainers[net], &report);
  }
  if (status == UR_OK) status = ur_trainer_evaluate(s->trainers[net], 0, &evaluation);
  if (status == UR_OK) status = ur_regions_of(s->trainers[net], (const double[]){-1, 1, -1, 1}, &regions);
  if (status != UR_OK) return status;
  s->pieces[at] = regions.count;
  s->error[at] = evaluation.loss;
  ur_regions_free(&regions);
  return UR_OK;
}

static void end(void *from) {
  state *s = from;
  for (int i = 0; i < NETS; i++) ur_trainer_free(s->trainers[i]);
}

const ur__study ur__study_equal = {.name = "equal",
                                   .help =
                                       "wide and deep nets of some 400 weights on a spiral: pieces and error",
                                   .settings = settings,
                                   .setting_count = SETTINGS,
                                   .state = sizeof(state),
                                   .begin = begin,
                                   .piece = piece,
                                   .end = end};
