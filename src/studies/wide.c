/* A net with far more weights than points: one hidden layer of tanh units, trained on the same points by Adam
 * with all of them in every update; what it says between them, update by update. */
#include <math.h>
#include <stdio.h>

#include "alloc.h"
#include "curve_points.h"
#include "flat.h"
#include "real.h"

enum { UNITS = UR__CURVE_SETTINGS, UPDATES, RATE, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    UR__CURVE_ROWS,
    [UNITS] = {.key = "units", .def = 128, .min = 1, .max = 128, .help = "in the hidden layer"},
    [UPDATES] = {.key = "updates", .def = 20000, .min = 1, .max = 200000, .help = "from the seed's start"},
    [RATE] = {.key = "rate", .type = UR_SETTING_REAL, .def = 0.003, .min = 1e-6, .max = 1, .help = "Adam's"}};
enum { OWN };
static const ur__study_input inputs[] = {[OWN] = UR__CURVE_OWN, {.name = NULL}};

enum { PLACES = 121, DECADE = 10, EACH = 50, LINE = 64 };
typedef struct state {
  ur__curve_set set;
  ur_trainer *trainer;
  ur__flat flat;
  double *z;
  int kept, records;
  double *update, *train, *test, *place, *line, *weights;
} state;

static ur_status open_trainer(const ur_study *study, state *s) {
  char value[32], line[LINE];
  ur_settings set;
  ur_buffer text = {0};
  const struct {
    const char *key;
    double value;
  } numbers[] = {{"hidden_1", ur__study_setting(study, UNITS)},
                 {"hidden_2", 0},
                 {"learning_rate", ur__study_setting(study, RATE)},
                 {"steps", ur__study_setting(study, UPDATES)},
                 {"batch_size", s->set.points.n}};
  ur_status status = ur_settings_init(&set, "mlp", "curve");
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers && status == UR_OK; i++) {
    snprintf(value, sizeof value, "%.9g", numbers[i].value);
    status = ur_settings_set(&set, numbers[i].key, value);
  }
  if (status == UR_OK) status = ur_settings_set(&set, "activation", "tanh");
  if (status == UR_OK) status = ur_settings_set(&set, "schedule", "constant");
  if (status != UR_OK) return status;
  set.seed = ur__study_seed(study);
  for (int i = 0; i < s->set.points.n; i++) {
    const int size = snprintf(line, sizeof line, "%.9g %.9g\n", s->set.x[i], s->set.t[i]);
    ur_buffer_append(&text, line, (size_t)size);
  }
  status = text.failed ? ur_fail(UR_E_MEMORY, "own", "there is no memory left for the points")
                       : ur_trainer_create(&set, (ur_bytes){text.data, text.size}, &s->trainer);
  ur_buffer_free(&text);
  return status;
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  ur_status status = ur__curve_take(study, OWN, &s->set);
  if (status == UR_OK) status = open_trainer(study, s);
  if (status == UR_OK) status = ur__flat_of(s->trainer, &s->flat);
  if (status != UR_OK) return status;
  s->z = ur__alloc_array(ur__flat_values(&s->flat), sizeof *s->z);
  if (s->z == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to look at the net");
  const int updates = (int)ur__study_setting(study, UPDATES);
  s->records = ur__curve_records(updates, DECADE, NULL);
  const int at = ur__study_axis(study, "update", s->records, NULL),
            place = ur__study_axis(study, "place", PLACES, NULL), one = ur__study_axis(study, "one", 1, NULL);
  s->update = ur__study_places(study, at, "");
  s->train = ur__study_array(study, "train", "RMS", 1, &at);
  s->test = ur__study_array(study, "test", "RMS", 1, &at);
  s->place = ur__study_places(study, place, "");
  s->line = ur__study_array(study, "line", "", 2, (int[]){at, place});
  s->weights = ur__study_array(study, "weights", "", 1, &one);
  status = ur__study_declared(study, (updates + EACH - 1) / EACH);
  if (status != UR_OK) return status;
  ur__curve_records(updates, DECADE, s->update);
  ur__curve_places(PLACES, s->place);
  *s->weights = s->flat.size;
  return UR_OK;
}

static double says(const state *s, double x) {
  const float at = (float)x, none = 0;
  ur__flat_error(&s->flat, s->flat.theta, &at, &none, s->z);
  return s->z[ur__flat_values(&s->flat) - 1];
}

static double rms_of(const state *s, const ur_points *points) {
  double sum = 0;
  for (int i = 0; i < points->n; i++) {
    const double off = says(s, points->x[i]) - points->t[i];
    sum += off * off;
  }
  return sqrt(sum / points->n);
}

static ur_status keep(state *s) {
  const int i = s->kept++;
  ur__flat_free(&s->flat);
  const ur_status status = ur__flat_of(s->trainer, &s->flat);
  if (status != UR_OK) return status;
  s->train[i] = rms_of(s, &s->set.points);
  s->test[i] = rms_of(s, &s->set.tests);
  for (int k = 0; k < PLACES; k++) s->line[i * PLACES + k] = says(s, s->place[k]);
  return UR_OK;
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  ur_status status = s->kept == 0 ? keep(s) : UR_OK;
  (void)study, (void)i;
  for (int k = 0; k < EACH && s->kept < s->records && status == UR_OK; k++) {
    ur_step_report report;
    status = ur_trainer_step(s->trainer, &report);
    if (status == UR_OK && report.step == (uint64_t)s->update[s->kept]) status = keep(s);
  }
  return status;
}

static void end(void *from) {
  state *s = from;
  ur__flat_free(&s->flat);
  ur__free(s->z);
  ur_trainer_free(s->trainer);
}

const ur__study ur__study_wide = {.name = "wide",
                                  .help = "a net with far more weights than points, trained on them",
                                  .settings = settings,
                                  .setting_count = SETTINGS,
                                  .inputs = inputs,
                                  .state = sizeof(state),
                                  .begin = begin,
                                  .piece = piece,
                                  .end = end};
