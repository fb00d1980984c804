/* Sequences of another length than in training. */
#include <stdio.h>
#include <string.h>

#include "trainer.h"

ur_status ur_trainer_evaluate_at(const ur_trainer *trainer, int length, ur_evaluation *out) {
  ur_settings settings = trainer->settings;
  ur_trainer *other = NULL;
  char symbols[16];
  snprintf(symbols, sizeof symbols, "%d", length);
  ur_status status = ur_settings_set(&settings, "length", symbols);
  if (status == UR_OK) status = ur_settings_set(&settings, "shortest", symbols);
  if (status == UR_OK) status = ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &other);
  if (status != UR_OK) return status;
  ur_params *params = trainer->net.params;
  memcpy(ur_params_data(ur_trainer_params(other)), ur_params_data(params),
         ur_params_size(params) * sizeof(float));
  status = ur_trainer_evaluate(other, 1, out);
  ur_trainer_free(other);
  return status;
}
