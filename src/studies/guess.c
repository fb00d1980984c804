/* A text under a net that sees a window: at each token the tokens that it sees, their vectors side by side,
 * the hidden layer, the guess, its logarithm, their sum. Its numbers are given, or those of an untrained
 * start. */
#include <stdio.h>
#include <string.h>

#include "reading.h"
#include "real.h"
#include "windowed.h"

enum { SETTINGS = UR__WINDOWED_SETTINGS };
static const ur_setting settings[SETTINGS] = {UR__WINDOWED_ROWS};
enum { NAME, TEXT, PARAMETERS };
static const ur__study_input inputs[] = {
    [NAME] = {"name", UR__TEXT, "amelia", "whose probability is asked"},
    [TEXT] = UR__COUNTED_TEXT,
    [PARAMETERS] = {"parameters", UR__NUMBERS, "", "as window gives them; none for an untrained net"},
    {.name = NULL}};

typedef struct state {
  ur_trainer *trainer;
  ur__batch reading;
  ur_tape *tape;
  int window, vocabulary, embedding, hidden;
  double *x, *e, *h, *p, *chosen, *log_p, *sum, *perplexity, *E;
} state;

static ur_status take_parameters(const ur_study *study, ur_trainer *trainer) {
  int count;
  const double *given = ur__study_numbers(study, PARAMETERS, &count);
  const size_t size = ur_params_size(trainer->net.params);
  float *numbers = ur_params_data(trainer->net.params);
  if (count == 0) return UR_OK;
  if ((size_t)count != size)
    return ur_fail(UR_E_TEXT, "parameters", "this net has %zu parameters; %d are given", size, count);
  for (size_t i = 0; i < size; i++) numbers[i] = (float)given[i];
  return UR_OK;
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  ur_status status = ur__windowed_open(study, ur__study_text(study, TEXT), 1, &s->trainer);
  if (status == UR_OK) status = take_parameters(study, s->trainer);
  if (status == UR_OK) status = ur__reading_of(s->trainer, ur__study_text(study, NAME), &s->reading);
  if (status == UR_OK) status = ur__reading_unroll(s->trainer, &s->reading, UR__UNROLLED, &s->tape);
  if (status != UR_OK) return status;
  const ur__corpus *corpus = &s->trainer->corpus;
  const int32_t *y = ur__batch_tokens(&s->reading, "y");
  const char *texts[UR__VOCABULARY_MAX], *came[UR__SEQUENCE_MAX + 1];
  s->window = (int)ur__study_setting(study, UR__WINDOWED_WINDOW);
  s->embedding = (int)ur__study_setting(study, UR__WINDOWED_EMBEDDING);
  s->hidden = (int)ur__study_setting(study, UR__WINDOWED_HIDDEN);
  s->vocabulary = corpus->vocabulary_size;
  for (int w = 0; w < s->vocabulary; w++) texts[w] = corpus->texts[w];
  for (int t = 0; t < s->reading.length; t++) came[t] = texts[y[t]];
  const int step = ur__study_axis(study, "step", s->reading.length, came),
            token = ur__study_axis(study, "token", s->vocabulary, texts),
            place = ur__study_axis(study, "place", s->window, NULL),
            number = ur__study_axis(study, "number", s->embedding, NULL),
            unit = ur__study_axis(study, "unit", s->hidden, NULL);
  s->x = ur__study_array(study, "x", "", 2, (int[]){step, place});
  s->e = ur__study_array(study, "e", "", 3, (int[]){step, place, number});
  s->h = ur__study_array(study, "h", "", 2, (int[]){step, unit});
  s->p = ur__study_array(study, "p", "", 2, (int[]){step, token});
  s->chosen = ur__study_array(study, "chosen", "", 1, &step);
  s->log_p = ur__study_array(study, "log_p", "nats", 1, &step);
  s->sum = ur__study_array(study, "sum", "nats", 1, &step);
  s->perplexity = ur__study_array(study, "perplexity", "", 1, &step);
  s->E = ur__study_array(study, "embedding", "", 2, (int[]){token, number});
  return ur__study_declared(study, 1);
}

/* The values of a node of step t, from 0. */
static const void *values_of(const state *s, int t, const char *name) {
  char path[32];
  snprintf(path, sizeof path, "window.%d.%s", t + 1, name);
  return ur_tape_value(s->tape, ur_tape_find(s->tape, path));
}

static void read_floats(const state *s, int t, const char *name, int count, double *into) {
  const float *values = values_of(s, t, name);
  for (int i = 0; i < count; i++) into[t * count + i] = values[i];
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  const int32_t *y = ur__batch_tokens(&s->reading, "y");
  const ur_status status = ur_tape_forward(s->tape);
  (void)study, (void)i;
  if (status != UR_OK) return status;
  for (int t = 0; t < s->reading.length; t++) {
    const int32_t *x = values_of(s, t, "x");
    for (int k = 0; k < s->window; k++) s->x[t * s->window + k] = x[k];
    read_floats(s, t, "e", s->window * s->embedding, s->e);
    read_floats(s, t, "h", s->hidden, s->h);
    read_floats(s, t, "y_hat", s->vocabulary, s->p);
    s->chosen[t] = s->p[t * s->vocabulary + y[t]];
    s->log_p[t] = ur__log(s->chosen[t]);
    s->sum[t] = (t > 0 ? s->sum[t - 1] : 0) + s->log_p[t];
    s->perplexity[t] = ur__exp(-s->sum[t] / (t + 1));
  }
  const ur_param_view E = ur_params_view(s->trainer->net.params, 0);
  const float *numbers = ur_params_data(s->trainer->net.params) + E.offset;
  for (size_t k = 0; k < E.size; k++) s->E[k] = numbers[k];
  return UR_OK;
}

static void end(void *from) {
  state *s = from;
  ur_tape_free(s->tape);
  ur__batch_free(&s->reading);
  ur_trainer_free(s->trainer);
}

const ur__study ur__study_guess = {.name = "guess",
                                   .help = "a text under a net that sees a window: what it sees, its guesses",
                                   .settings = settings,
                                   .setting_count = SETTINGS,
                                   .inputs = inputs,
                                   .reads = "names",
                                   .state = sizeof(state),
                                   .begin = begin,
                                   .piece = piece,
                                   .end = end};
