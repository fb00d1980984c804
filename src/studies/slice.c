/* A slice of a run's own loss: it is trained as it was, its way recorded, a plane laid through the way, and
 * the loss worked out over it (unroll/way.h). */
#include "unroll/way.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nets.h"

enum { UPDATES, RECORDS, BY, OVER, STEPS, MARGIN, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    [UPDATES] = {.key = "updates", .def = 200, .min = 1, .max = 20000, .help = "that the run has made"},
    [RECORDS] = {.key = "records",
                 .def = 40,
                 .min = 1,
                 .max = UR_WAY_PLACES_MAX - 1,
                 .help = "places of its way after the start, evenly"},
    [BY] = {.key = "by",
            .type = UR_SETTING_CHOICE,
            .choices = "ends|principal",
            .help = "the plane: start, end and what is farthest from the line between, or the two principal "
                    "components"},
    [OVER] = {.key = "over",
              .type = UR_SETTING_CHOICE,
              .choices = "unseen|trained",
              .help =
                  "what the loss is of: what the run is not trained on, where there is such, or what it is"},
    [STEPS] = {.key = "steps", .def = 25, .min = 3, .max = 101, .help = "values of each of both directions"},
    [MARGIN] = {.key = "margin",
                .type = UR_SETTING_REAL,
                .def = 0.3,
                .max = 10,
                .help = "beyond the way on each side, of its width"}};
enum { CHANGES = UR__NET_INPUTS };
static const ur__study_input inputs[] = {
    UR__NET_ROWS("mlp spiral activation=relu init=he error=bernoulli"),
    [CHANGES] = {"changes", UR__TEXT, "",
                 "UPDATE:KEY:VALUE;...: live settings that were changed after an update"},
    {.name = NULL}};

enum { EACH = 10, CHANGES_MAX = 64, VALUE = 48 }; /* updates of a piece */
typedef struct change {
  uint64_t after;
  char key[VALUE], value[VALUE];
} change;
typedef struct state {
  ur_trainer *trainer;
  ur_way way;
  change changes[CHANGES_MAX];
  int changed, updates, steps, unseen, recorded;
  double *update, *own, *flat, *at, *off, *share, *places[2], *error;
} state;

static ur_status bad(const char *at) {
  return ur_fail(UR_E_TEXT, "changes", "a change is UPDATE:KEY:VALUE, with ; between them, not \"%.60s\"",
                 at);
}

/* What stands before one of `ends`, which `at` comes to stand at; 0 where it is nothing, or more than
 * out[size] holds. */
static int read_part(const char **at, const char *ends, char *out, size_t size) {
  const size_t length = strcspn(*at, ends);
  if (length == 0 || length >= size) return 0;
  memcpy(out, *at, length);
  out[length] = '\0';
  *at += length;
  return 1;
}

static ur_status read_changes(const char *text, state *s) {
  while (*text != '\0') {
    change *one = &s->changes[s->changed];
    if (s->changed == CHANGES_MAX)
      return ur_fail(UR_E_TEXT, "changes", "there are more than %d changes", CHANGES_MAX);
    const char *at = text;
    char after[10];
    if (!read_part(&at, ":;", after, sizeof after) || after[strspn(after, "0123456789")] != '\0' ||
        *at++ != ':' || !read_part(&at, ":;", one->key, sizeof one->key) || *at++ != ':' ||
        !read_part(&at, ":;", one->value, sizeof one->value) || *at == ':')
      return bad(text);
    one->after = 0;
    for (const char *digit = after; *digit != '\0'; digit++)
      one->after = 10 * one->after + (uint64_t)(*digit - '0');
    if (s->changed > 0 && one->after < one[-1].after)
      return ur_fail(UR_E_TEXT, "changes", "a change after update %llu stands after one of update %llu",
                     (unsigned long long)one->after, (unsigned long long)one[-1].after);
    s->changed++;
    text = at + (*at == ';');
  }
  return UR_OK;
}

static ur_status declare(ur_study *study, state *s) {
  static const char *const both[] = {"first", "second"};
  const int records = s->way.count, steps = s->steps;
  const int record = ur__study_axis(study, "update", records, NULL),
            direction = ur__study_axis(study, "direction", 2, both),
            y = ur__study_axis(study, "y", steps, NULL), x = ur__study_axis(study, "x", steps, NULL);
  s->update = ur__study_places(study, record, "");
  s->own = ur__study_array(study, "own", "", 1, &record);
  s->flat = ur__study_array(study, "flat", "", 1, &record);
  s->at = ur__study_array(study, "at", "", 2, (int[]){record, direction});
  s->off = ur__study_array(study, "off", "", 1, &record);
  s->share = ur__study_array(study, "share", "", 1, &direction);
  s->places[0] = ur__study_places(study, x, "");
  s->places[1] = ur__study_places(study, y, "");
  s->error = ur__study_array(study, "error", "", 2, (int[]){y, x});
  double *numbers = ur__study_array(study, "numbers", "", 0, NULL);
  if (numbers != NULL) *numbers = (double)s->way.size;
  for (int i = 0; i < records && s->update != NULL; i++)
    s->update[i] = (int)((int64_t)s->updates * i / (records - 1));
  const int training = (s->updates + EACH - 1) / EACH;
  return ur__study_declared(study, training + 1 + records + steps * steps);
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  ur_status status = ur__net_take(study, &s->trainer);
  if (status == UR_OK) status = read_changes(ur__study_text(study, CHANGES), s);
  if (status != UR_OK) return status;
  const ur_params *params = ur_trainer_params(s->trainer);
  if (params == NULL)
    return ur_fail(UR_E_STATE, "net", "a model that counts goes no way; take a net that is trained");
  const int records = (int)ur__study_setting(study, RECORDS);
  s->updates = (int)ur__study_setting(study, UPDATES);
  s->steps = (int)ur__study_setting(study, STEPS);
  s->unseen = ur__study_setting(study, OVER) == 0;
  status = ur_way_create(1 + (records < s->updates ? records : s->updates), ur_params_size(params), &s->way);
  return status == UR_OK ? declare(study, s) : status;
}

static ur_status loss(state *s, double *out) {
  ur_evaluation evaluation;
  const ur_status status = ur_trainer_evaluate(s->trainer, s->unseen, &evaluation);
  if (status == UR_OK) *out = evaluation.loss;
  return status;
}

static ur_status record(state *s) {
  const int i = s->recorded++;
  memcpy(s->way.places + (size_t)i * s->way.size, ur_params_data(ur_trainer_params(s->trainer)),
         s->way.size * sizeof *s->way.places);
  return loss(s, &s->own[i]);
}

static ur_status change_at(state *s, uint64_t update) {
  for (int i = 0; i < s->changed; i++)
    if (s->changes[i].after == update) {
      const ur_status status = ur_trainer_set(s->trainer, s->changes[i].key, s->changes[i].value);
      if (status != UR_OK) return status;
    }
  return UR_OK;
}

static ur_status train(state *s, int i) {
  ur_status status = UR_OK;
  if (i == 0) status = record(s);
  if (i == 0 && status == UR_OK) status = change_at(s, 0);
  for (int k = i * EACH; k < (i + 1) * EACH && k < s->updates && status == UR_OK; k++) {
    ur_step_report report;
    status = ur_trainer_step(s->trainer, &report);
    if (status == UR_OK) status = change_at(s, report.step);
    if (status == UR_OK && s->recorded < s->way.count && k + 1 == (int)s->update[s->recorded])
      status = record(s);
  }
  return status;
}

/* The plane, and what of it is looked at: the box of the way and a margin. */
static ur_status lay(const ur_study *study, state *s) {
  const double margin = ur__study_setting(study, MARGIN);
  const ur_status status = ur_way_through(&s->way, (ur_way_by)ur__study_setting(study, BY));
  if (status != UR_OK) return status;
  memcpy(s->at, s->way.at, 2 * (size_t)s->way.count * sizeof *s->at);
  memcpy(s->off, s->way.off, (size_t)s->way.count * sizeof *s->off);
  memcpy(s->share, s->way.share, sizeof s->way.share);
  double low[2], high[2], wide[2];
  for (int d = 0; d < 2; d++) {
    low[d] = high[d] = s->at[d];
    for (int i = 1; i < s->way.count; i++) {
      low[d] = fmin(low[d], s->at[2 * i + d]);
      high[d] = fmax(high[d], s->at[2 * i + d]);
    }
    wide[d] = high[d] - low[d];
  }
  for (int d = 0; d < 2; d++) {
    /* a way along a line is looked at beside it too */
    const double across = wide[d] > 0.1 * wide[1 - d] ? wide[d] : 0.1 * wide[1 - d],
                 middle = (low[d] + high[d]) / 2, half = across * (0.5 + margin);
    for (int i = 0; i < s->steps; i++) s->places[d][i] = middle - half + 2 * half * i / (s->steps - 1);
  }
  return UR_OK;
}

static ur_status loss_at(state *s, const double at[2], double *out) {
  ur_way_numbers(&s->way, at, ur_params_data(ur_trainer_params(s->trainer)));
  return loss(s, out);
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  const int training = (s->updates + EACH - 1) / EACH;
  if (i < training) return train(s, i);
  i -= training;
  if (i-- == 0) return lay(study, s);
  if (i < s->way.count) return loss_at(s, s->at + 2 * i, &s->flat[i]);
  i -= s->way.count;
  return loss_at(s, (const double[]){s->places[0][i % s->steps], s->places[1][i / s->steps]}, &s->error[i]);
}

static void end(void *from) {
  state *s = from;
  ur_way_free(&s->way);
  ur_trainer_free(s->trainer);
}

const ur__study ur__study_slice = {.name = "slice",
                                   .help = "a run's own loss over a plane through its way",
                                   .settings = settings,
                                   .setting_count = SETTINGS,
                                   .inputs = inputs,
                                   .state = sizeof(state),
                                   .begin = begin,
                                   .piece = piece,
                                   .end = end};
