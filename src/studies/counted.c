#include "counted.h"

#include <stdio.h>
#include <string.h>

ur_status ur__counted_open(const ur_study *study, const char *text, int order, double smoothing,
                           ur_trainer **out) {
  const int names = *text == '\0';
  char tokens[16], weight[32];
  ur_settings of;
  ur_step_report report;
  *out = NULL;
  snprintf(tokens, sizeof tokens, "%d", order);
  snprintf(weight, sizeof weight, "%.17g", smoothing);
  ur_status status = ur_settings_init(&of, "ngram_lm", names ? "names" : "lines");
  of.seed = ur__study_seed(study);
  if (status == UR_OK) status = ur_settings_set(&of, "order", tokens);
  if (status == UR_OK) status = ur_settings_set(&of, "smoothing", weight);
  const ur_bytes own = {names ? NULL : (const uint8_t *)text, strlen(text)};
  if (status == UR_OK) status = ur_trainer_create(&of, own, out);
  return status == UR_OK ? ur_trainer_step(*out, &report) : status;
}

double ur__counted_probability(const ur_trainer *trainer, const int32_t *tokens, int n, double *next) {
  double p = 1;
  for (int t = 0; t <= n; t++) {
    ur__ngram_next(&trainer->ngram, tokens, t, next);
    p *= next[t < n ? tokens[t] : UR__END];
  }
  return p;
}

void ur__counted_write(const ur__corpus *corpus, const int32_t *tokens, int n, char *out, size_t size) {
  size_t used = 0;
  out[0] = '\0';
  for (int i = 0; i < n && used + UR__TOKEN_MAX < size; i++)
    used += (size_t)snprintf(out + used, size - used, "%s", corpus->texts[tokens[i]]);
}
