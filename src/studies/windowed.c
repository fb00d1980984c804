#include "windowed.h"

#include <stdio.h>
#include <string.h>

ur_status ur__windowed_open(const ur_study *study, const char *text, int updates, ur_trainer **out) {
  const struct {
    const char *key;
    int value;
  } numbers[] = {{"window", (int)ur__study_setting(study, UR__WINDOWED_WINDOW)},
                 {"embedding_size", (int)ur__study_setting(study, UR__WINDOWED_EMBEDDING)},
                 {"hidden_size", (int)ur__study_setting(study, UR__WINDOWED_HIDDEN)},
                 {"steps", updates}};
  const int names = *text == '\0';
  char value[16];
  ur_settings of;
  *out = NULL;
  ur_status status = ur_settings_init(&of, "window_lm", names ? "names" : "lines");
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers && status == UR_OK; i++) {
    snprintf(value, sizeof value, "%d", numbers[i].value);
    status = ur_settings_set(&of, numbers[i].key, value);
  }
  if (status != UR_OK) return status;
  of.seed = ur__study_seed(study);
  return ur_trainer_create(&of, (ur_bytes){names ? NULL : (const uint8_t *)text, strlen(text)}, out);
}
