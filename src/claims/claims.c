#include "claims.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"

#define ROW(id) &ur__claim_##id,
const ur__claim *const ur__claims[] = {UR__CLAIM_LIST(ROW)};
#undef ROW
const int ur__claim_count = sizeof ur__claims / sizeof *ur__claims;

ur_status ur__claim_loss(ur_trainer *trainer, ur_claim_row *out) {
  ur_evaluation evaluation = {0};
  const ur_status status = ur_trainer_evaluate(trainer, 1, &evaluation);
  out->measured = evaluation.loss;
  return status;
}

ur_status ur__claim_right(ur_trainer *trainer, ur_claim_row *out) {
  ur_evaluation evaluation = {0};
  const ur_status status = ur_trainer_evaluate(trainer, 1, &evaluation);
  out->measured = evaluation.right;
  return status;
}

ur_status ur__claim_by_length(ur_trainer *trainer, ur_claim_row *out) {
  ur_group groups[UR_GROUPS];
  uint64_t right = 0, all = 0;
  const ur_status status = ur_trainer_groups(trainer, 1, groups);
  if (status != UR_OK) return status;
  out->along = "length of the source", out->of = "share written right";
  for (int n = 0; n < UR_GROUPS; n++) {
    const ur_group *group = &groups[n];
    if (group->sequences == 0) continue;
    right += group->right;
    all += group->sequences;
    if (out->points < UR_CLAIM_POINTS)
      out->series[out->points++] = (ur_claim_point){n, (double)group->right / (double)group->sequences};
  }
  out->measured = (double)right / (double)all;
  return UR_OK;
}

double ur__claim_mean(const ur_claim_row *row, double first, double last) {
  double sum = 0;
  int count = 0;
  for (int i = 0; i < row->points; i++) {
    if (row->series[i].at < first || row->series[i].at > last) continue;
    sum += row->series[i].measured;
    count++;
  }
  return count > 0 ? sum / count : NAN;
}

int ur__claim_stands(int hold, int of) { return (of - hold) * 30 <= of; }

struct ur_claim {
  const ur__claim *claim;
  const ur__claim_form *form;
  uint64_t seed;
  struct {
    ur_trainer *trainer; /* from its first update until it is measured */
    void *own;           /* in its place, of what is no net */
    uint64_t step;
  } lanes[UR__CLAIM_ROWS];
  ur_claim_row rows[UR__CLAIM_ROWS];
  int count; /* measured so far */
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
  for (int i = 0; i < UR__CLAIM_ROWS; i++) {
    ur_trainer_free(claim->lanes[i].trainer);
    if (claim->lanes[i].own != NULL) claim->form->contestants[i].trained->end(claim->lanes[i].own);
  }
  ur__free(claim);
}

ur_status ur__claim_settings(const ur__contestant *contestant, ur_settings *out) {
  char steps[16];
  ur_status status = ur_settings_init(out, contestant->model, contestant->task);
  for (int i = 0; status == UR_OK && contestant->settings[i] != NULL; i += 2)
    status = ur_settings_set(out, contestant->settings[i], contestant->settings[i + 1]);
  snprintf(steps, sizeof steps, "%d", contestant->updates);
  const int scheduled = ur_setting_get(out, "steps") > 0; /* counting has no such row */
  if (status == UR_OK && scheduled && contestant->updates > 0) status = ur_settings_set(out, "steps", steps);
  return status;
}

static ur_status begin(ur_claim *claim, int row) {
  const ur__contestant *now = &claim->form->contestants[row];
  ur_settings settings;
  if (now->trained != NULL) return now->trained->begin(claim->seed, &claim->lanes[row].own);
  const ur_status status = ur__claim_settings(now, &settings);
  settings.seed = claim->seed;
  return status == UR_OK ? ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &claim->lanes[row].trainer)
                         : status;
}

/* The one that is furthest behind, of those with updates to do; else the next to be measured. Side by side,
 * so that each second brings the whole as far as the one before it. */
static int next_row(const ur_claim *claim) {
  int best = -1;
  for (int i = 0; i < claim->form->count; i++) {
    const uint64_t updates = (uint64_t)claim->form->contestants[i].updates;
    if (claim->lanes[i].step >= updates) continue;
    if (best < 0 || claim->lanes[i].step * (uint64_t)claim->form->contestants[best].updates <
                        claim->lanes[best].step * updates)
      best = i;
  }
  return best < 0 ? claim->count : best;
}

/* Over the net of the row before. */
static int goes_on(const ur__contestant *one) {
  return one->model == NULL && one->count == NULL && one->trained == NULL;
}

static ur_status update(ur_claim *claim, int row, double *loss) {
  const ur__trained *trained = claim->form->contestants[row].trained;
  ur_step_report report = {0};
  ur_status status;
  if (trained != NULL) return trained->update(claim->lanes[row].own, loss);
  status = ur_trainer_step(claim->lanes[row].trainer, &report);
  *loss = report.loss;
  return status;
}

/* One update, or what is measured after the last. *loss is NaN for a measurement. */
static ur_status advance(ur_claim *claim, int row, double *loss) {
  const ur__contestant *now = &claim->form->contestants[row];
  ur_trainer **trainer = &claim->lanes[row].trainer;
  void **own = &claim->lanes[row].own;
  ur_claim_row measured[UR__CLAIM_ROWS] = {{.name = now->name}};
  const int rows = now->counts > 1 ? now->counts : 1;
  ur_status status;
  if (now->count == NULL && *trainer == NULL && *own == NULL && (status = begin(claim, row)) != UR_OK)
    return status;
  *loss = NAN;
  if (claim->lanes[row].step < (uint64_t)now->updates) {
    if ((status = update(claim, row, loss)) == UR_OK) claim->lanes[row].step++;
    return status;
  }
  for (int i = 1; i < rows; i++) measured[i].name = now[i].name;
  status = now->count != NULL     ? now->count(claim->seed, measured)
           : now->trained != NULL ? now->trained->measure(*own, measured)
                                  : now->measure(*trainer, measured);
  if (status != UR_OK) return status;
  for (int i = 0; i < rows; i++) claim->rows[claim->count++] = measured[i];
  if (row + 1 < claim->form->count && goes_on(&now[1]))
    claim->lanes[row + 1].trainer = *trainer;
  else
    ur_trainer_free(*trainer);
  *trainer = NULL;
  if (*own != NULL) now->trained->end(*own);
  *own = NULL;
  return UR_OK;
}

ur_status ur_claim_step(ur_claim *claim, ur_claim_report *out) {
  const ur__claim_form *form = claim->form;
  int done = claim->count == form->count;
  const int row = done ? form->count - 1 : next_row(claim);
  double loss = NAN;
  uint64_t taken, all = (uint64_t)form->count;
  const ur_status status = done ? UR_OK : advance(claim, row, &loss);
  if (status != UR_OK) return status;
  done = claim->count == form->count;
  taken = (uint64_t)claim->count;
  for (int i = 0; i < form->count; i++)
    taken += claim->lanes[i].step, all += (uint64_t)form->contestants[i].updates;
  *out = (ur_claim_report){.done = done,
                           .holds = done && form->holds(claim->rows),
                           .now = form->contestants[row].name,
                           .row = row,
                           .task = form->contestants[row].task != NULL ? form->contestants[row].task : "",
                           .step = claim->lanes[row].step,
                           .steps = (uint64_t)form->contestants[row].updates,
                           .loss = loss,
                           .fraction = (double)taken / (double)all,
                           .count = claim->count,
                           .rows = claim->rows,
                           .sentence = claim->claim->sentence,
                           .asked = form->asked};
  return UR_OK;
}
