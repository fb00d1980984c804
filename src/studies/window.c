/* A net that sees a window, trained: now and then what it loses on texts it has not seen, and all its
 * numbers, so that it can be asked afterwards (guess.c). */
#include "windowed.h"

enum { UPDATES = UR__WINDOWED_SETTINGS, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    UR__WINDOWED_ROWS, [UPDATES] = {.key = "updates",
                                    .def = 300,
                                    .min = 1,
                                    .max = 20000,
                                    .help = "from the seed's start"}};
enum { TEXT };
static const ur__study_input inputs[] = {[TEXT] = UR__COUNTED_TEXT, {.name = NULL}};

enum { LOOKS = 21, EACH = 25 }; /* looks, that at the start counted; updates of a piece */
typedef struct state {
  ur_trainer *trainer;
  int updates, looks, looked;
  double *update, *unseen, *parameter; /* [look], [look], [look, parameter] */
  size_t size;
} state;

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  s->updates = (int)ur__study_setting(study, UPDATES);
  s->looks = s->updates + 1 < LOOKS ? s->updates + 1 : LOOKS;
  const ur_status status = ur__windowed_open(study, ur__study_text(study, TEXT), s->updates, &s->trainer);
  if (status != UR_OK) return status;
  s->size = ur_params_size(s->trainer->net.params);
  const int look = ur__study_axis(study, "update", s->looks, NULL),
            parameter = ur__study_axis(study, "parameter", (int)s->size, NULL);
  s->update = ur__study_places(study, look, "");
  s->unseen = ur__study_array(study, "unseen", "nats", 1, &look);
  s->parameter = ur__study_array(study, "parameters", "", 2, (int[]){look, parameter});
  for (int i = 0; i < s->looks && s->parameter != NULL; i++) s->update[i] = s->updates * i / (s->looks - 1);
  return ur__study_declared(study, (s->updates + EACH - 1) / EACH);
}

static ur_status look(state *s) {
  ur_evaluation evaluation;
  const int i = s->looked++;
  const float *numbers = ur_params_data(s->trainer->net.params);
  const ur_status status = ur_trainer_evaluate(s->trainer, 1, &evaluation);
  s->unseen[i] = evaluation.loss;
  for (size_t k = 0; k < s->size; k++) s->parameter[(size_t)i * s->size + k] = numbers[k];
  return status;
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  ur_status status = i == 0 ? look(s) : UR_OK;
  (void)study;
  for (int k = i * EACH; k < (i + 1) * EACH && k < s->updates && status == UR_OK; k++) {
    ur_step_report report;
    status = ur_trainer_step(s->trainer, &report);
    if (status == UR_OK && k + 1 == (int)s->update[s->looked]) status = look(s);
  }
  return status;
}

static void end(void *from) {
  state *s = from;
  ur_trainer_free(s->trainer);
}

const ur__study ur__study_window = {.name = "window",
                                    .help = "a net that sees a window of a text, trained; all its numbers",
                                    .settings = settings,
                                    .setting_count = SETTINGS,
                                    .inputs = inputs,
                                    .reads = "names",
                                    .state = sizeof(state),
                                    .begin = begin,
                                    .piece = piece,
                                    .end = end};
