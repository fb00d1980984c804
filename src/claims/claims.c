#include "claims.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"

#define ROW(id) &ur__claim_##id,
const ur__claim *const ur__claims[] = {UR__CLAIM_LIST(ROW)};
#undef ROW
const int ur__claim_count = sizeof ur__claims / sizeof *ur__claims;

ur_status ur__claim_loss(ur_trainer *trainer, double *out) {
  ur_evaluation evaluation = {0};
  const ur_status status = ur_trainer_evaluate(trainer, 1, &evaluation);
  *out = evaluation.loss;
  return status;
}

ur_status ur__claim_right(ur_trainer *trainer, double *out) {
  ur_evaluation evaluation = {0};
  const ur_status status = ur_trainer_evaluate(trainer, 1, &evaluation);
  *out = evaluation.right;
  return status;
}

int ur__claim_stands(int hold, int of) { return (of - hold) * 30 <= of; }

struct ur_claim {
  const ur__claim *claim;
  const ur__claim_form *form;
  uint64_t seed, step, steps; /* of the contestant that runs now */
  ur_trainer *trainer;        /* the contestant that runs now; NULL between two */
  ur_claim_row rows[UR__CLAIM_ROWS];
  int count;
};

ur_status ur_claim_create(const char *id, uint64_t seed, int short_form, ur_claim **out) {
  char names[200] = "";
  size_t used = 0;
  *out = NULL;
  for (int i = 0; i < ur__claim_count; i++) {
    if (strcmp(ur__claims[i]->id, id) != 0) {
      if (used < sizeof names)
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", used > 0 ? ", " : "",
                                 ur__claims[i]->id);
      continue;
    }
    *out = ur__alloc(sizeof **out);
    if (*out == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for a claim");
    (*out)->claim = ur__claims[i];
    (*out)->form = short_form ? &ur__claims[i]->brief : &ur__claims[i]->full;
    (*out)->seed = seed;
    return UR_OK;
  }
  return ur_fail(UR_E_NAME, id, "there is no claim %.60s; there are %s", id, names);
}

void ur_claim_free(ur_claim *claim) {
  if (claim == NULL) return;
  ur_trainer_free(claim->trainer);
  ur__free(claim);
}

static ur_status begin(ur_claim *claim) {
  const ur__contestant *next = &claim->form->contestants[claim->count];
  ur_settings settings;
  char steps[16];
  ur_status status = ur_settings_init(&settings, next->model, next->task);
  settings.seed = claim->seed;
  for (int i = 0; status == UR_OK && next->settings[i] != NULL; i += 2)
    status = ur_settings_set(&settings, next->settings[i], next->settings[i + 1]);
  snprintf(steps, sizeof steps, "%d", next->updates);
  const int scheduled = ur_setting_get(&settings, "steps") > 0; /* counting has no such row */
  if (status == UR_OK && scheduled && next->updates > 0) status = ur_settings_set(&settings, "steps", steps);
  claim->step = 0;
  claim->steps = (uint64_t)next->updates;
  return status == UR_OK ? ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &claim->trainer) : status;
}

/* One update, or what is measured after the last. */
static ur_status advance(ur_claim *claim) {
  const ur__contestant *now = &claim->form->contestants[claim->count];
  ur_step_report report;
  double measured = 0;
  if (claim->step < claim->steps) {
    claim->step++;
    return ur_trainer_step(claim->trainer, &report);
  }
  const ur_status status = now->measure(claim->trainer, &measured);
  if (status != UR_OK) return status;
  claim->rows[claim->count++] = (ur_claim_row){now->name, measured};
  ur_trainer_free(claim->trainer);
  claim->trainer = NULL;
  return UR_OK;
}

ur_status ur_claim_step(ur_claim *claim, ur_claim_report *out) {
  const ur__claim *what = claim->claim;
  ur_status status = UR_OK;
  if (claim->count < claim->form->count && claim->trainer == NULL) status = begin(claim);
  if (status == UR_OK && claim->trainer != NULL) status = advance(claim);
  if (status != UR_OK) return status;
  const int done = claim->count == claim->form->count;
  const double part = claim->trainer != NULL ? (double)claim->step / (double)(claim->steps + 1) : 0;
  *out = (ur_claim_report){.done = done,
                           .holds = done && claim->form->holds(claim->rows),
                           .now = done ? "" : claim->form->contestants[claim->count].name,
                           .step = claim->trainer != NULL ? claim->step : 0,
                           .steps = claim->steps,
                           .fraction = (claim->count + part) / claim->form->count,
                           .count = claim->count,
                           .rows = claim->rows,
                           .sentence = what->sentence,
                           .asked = claim->form->asked};
  return UR_OK;
}
