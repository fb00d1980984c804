/* A model, a task, then key=value, each a line. What is taken comes back from its own text. */
#include <string.h>

#include "fuzz.h"
#include "unroll/settings.h"

/* Cuts the next line off; "" at the end. */
static char *next(char **at) {
  char *line = *at, *end = strchr(line, '\n');
  *at = end != NULL ? end + 1 : line + strlen(line);
  if (end != NULL) *end = '\0';
  return line;
}

static void check_round_trip(const ur_settings *settings) {
  ur_settings back = *settings;
  for (int i = 0; i < settings->count; i++) {
    char text[64];
    MUST(ur_setting_text(settings, i, text, sizeof text) == UR_OK);
    MUST(ur_settings_set(&back, settings->rows[i]->key, text) == UR_OK);
    MUST(back.values[i] == settings->values[i]);
    MUST(settings->values[i] >= settings->rows[i]->min && settings->values[i] <= settings->rows[i]->max);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1), *at = text;
  MUST(text != NULL);
  memcpy(text, data, size);
  text[size] = '\0';
  ur_settings settings;
  char *model = next(&at), *task = next(&at);
  if (ur_settings_init(&settings, model, task) == UR_OK) {
    while (*at != '\0') {
      char *key = next(&at), *value = strchr(key, '=');
      if (value == NULL) continue;
      *value++ = '\0';
      if (ur_settings_set(&settings, key, value) != UR_OK) MUST(ur_last_error()->message[0] != 0);
    }
    check_round_trip(&settings);
  } else {
    MUST(ur_last_error()->message[0] != 0);
  }
  free(text);
  return 0;
}
