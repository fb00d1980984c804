#include "nets.h"

#include <stdio.h>
#include <string.h>

const char *ur__net_word(const char *at, char *word) {
  at += strspn(at, " ");
  const size_t length = strcspn(at, " ");
  snprintf(word, UR__NET_NAME, "%.*s", (int)length, at);
  return length > 0 ? at + length : NULL;
}

int ur__net_cut(char *word, char **value) {
  *value = strchr(word, '=');
  if (*value == NULL) return 0;
  *(*value)++ = '\0';
  return 1;
}

ur_status ur__net_open(const char *input, const char *net, uint64_t seed, ur_bytes text, ur_trainer **out) {
  char model[UR__NET_NAME] = "", task[UR__NET_NAME] = "", word[UR__NET_NAME], *value;
  ur_settings of;
  const char *at = ur__net_word(net, model);
  if (at != NULL) at = ur__net_word(at, task);
  ur_status status = ur_settings_init(&of, model, task);
  of.seed = seed;
  while (status == UR_OK && at != NULL && (at = ur__net_word(at, word)) != NULL)
    status = ur__net_cut(word, &value)
                 ? ur_settings_set(&of, word, value)
                 : ur_fail(UR_E_TEXT, input, "a net is model task key=value ..., not \"%.80s\"", net);
  return status == UR_OK ? ur_trainer_create(&of, text, out) : status;
}

ur_status ur__net_take(const ur_study *study, ur_trainer **out) {
  const char *points = ur__study_text(study, UR__NET_POINTS);
  int count;
  const double *weights = ur__study_numbers(study, UR__NET_WEIGHTS, &count);
  const ur_status status = ur__net_open(
      "net", ur__study_text(study, UR__NET_NET), ur__study_seed(study),
      *points == '\0' ? (ur_bytes){NULL, 0} : (ur_bytes){(const uint8_t *)points, strlen(points)}, out);
  if (status != UR_OK || count == 0) return status;
  ur_params *params = ur_trainer_params(*out);
  if (params == NULL || (size_t)count != ur_params_size(params))
    return ur_fail(UR_E_TEXT, "weights", "weights has %d numbers; the net has %zu", count,
                   params == NULL ? 0 : ur_params_size(params));
  for (int i = 0; i < count; i++) ur_params_data(params)[i] = (float)weights[i];
  return UR_OK;
}
