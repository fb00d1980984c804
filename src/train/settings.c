#include <stdio.h>
#include <string.h>

#include "decimal.h"
#include "training.h"

static void add_rows(ur_settings *settings, const ur_setting *rows, int count) {
  for (int i = 0; i < count && settings->count < UR_SETTINGS_MAX; i++, settings->count++) {
    settings->rows[settings->count] = &rows[i];
    settings->values[settings->count] = rows[i].def;
  }
}

ur_status ur_settings_init(ur_settings *settings, const char *model_name, const char *task_name) {
  const ur__model *model = ur__model_find(model_name);
  const ur__task *task = ur__task_find(task_name);
  char names[400] = "";
  size_t used = 0;
  *settings = (ur_settings){0};
  if (model == NULL) {
    for (int i = 0; i < ur__model_count && used < sizeof names; i++)
      used +=
          (size_t)snprintf(names + used, sizeof names - used, "%s%s", i > 0 ? ", " : "", ur__models[i]->name);
    return ur_fail(UR_E_NAME, model_name, "there is no model %.60s; there are %s", model_name, names);
  }
  if (task == NULL) {
    for (int i = 0; i < ur__task_count && used < sizeof names; i++)
      used +=
          (size_t)snprintf(names + used, sizeof names - used, "%s%s", i > 0 ? ", " : "", ur__tasks[i].name);
    return ur_fail(UR_E_NAME, task_name, "there is no task %.60s; there are %s", task_name, names);
  }
  if (!ur__fits(model, task)) {
    for (int i = 0; i < ur__task_count && used < sizeof names; i++)
      if (ur__fits(model, &ur__tasks[i]))
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", used > 0 ? ", " : "",
                                 ur__tasks[i].name);
    return ur_fail(UR_E_NAME, task_name, "%s %s; its tasks are %s, not %s", model->name,
                   ur__answers_once(model)   ? "gives one answer for a whole sequence"
                   : ur__reads_source(model) ? "writes one sequence for another"
                   : model->takes[0].real    ? "says the next numbers at each step"
                                             : "guesses what comes next",
                   names, task->name);
  }
  settings->model = model->name;
  settings->task = task->name;
  settings->seed = 1;
  add_rows(settings, model->settings, model->setting_count);
  add_rows(settings, task->settings, task->setting_count);
  if (!model->counting) add_rows(settings, ur__training_settings, UR__TRAINING_SETTINGS);
  return UR_OK;
}

static int row_of(const ur_settings *settings, const char *key) {
  for (int i = 0; i < settings->count; i++) {
    if (strcmp(settings->rows[i]->key, key) == 0) return i;
  }
  return -1;
}

static int parse_seed(const char *text, uint64_t *out) {
  const size_t digits = strspn(text, "0123456789");
  uint64_t value = 0;
  if (digits == 0 || text[digits] != 0) return 0;
  for (; *text != 0; text++) {
    const uint64_t digit = (uint64_t)(*text - '0');
    if (value > (UINT64_MAX - digit) / 10) return 0;
    value = value * 10 + digit;
  }
  *out = value;
  return 1;
}

/* A decimal number and nothing else: no spaces, no "inf", no hexadecimal. */
static int parse_number(const char *text, double *out) {
  const char *end;
  if (*text == 0 || text[strspn(text, "+-.0123456789eE")] != 0) return 0;
  *out = ur__decimal_read(text, &end);
  return *end == 0;
}

/* Which of "tanh|sigmoid|relu" text is; -1 for none. */
static int choice_index(const char *choices, const char *text) {
  const size_t length = strlen(text);
  int index = 0;
  for (const char *at = choices;; at += strcspn(at, "|") + 1, index++) {
    if (strcspn(at, "|") == length && memcmp(at, text, length) == 0) return index;
    if (at[strcspn(at, "|")] == 0) return -1;
  }
}

static ur_status set_row(ur_settings *settings, int row, const char *text) {
  const ur_setting *setting = settings->rows[row];
  double value;
  if (setting->type == UR_SETTING_CHOICE) {
    const int index = choice_index(setting->choices, text);
    if (index < 0)
      return ur_fail(UR_E_SETTING, setting->key, "%s should be one of %s, not \"%.40s\"", setting->key,
                     setting->choices, text);
    settings->values[row] = index;
    return UR_OK;
  }
  const int whole = setting->type == UR_SETTING_INT;
  if (!parse_number(text, &value) || !(value >= setting->min && value <= setting->max) ||
      (whole && value != (double)(long long)value))
    return ur_fail(UR_E_SETTING, setting->key, "%s should be a %s from %g to %g, not \"%.40s\"", setting->key,
                   whole ? "whole number" : "number", setting->min, setting->max, text);
  settings->values[row] = value;
  return UR_OK;
}

ur_status ur_settings_set(ur_settings *settings, const char *key, const char *value) {
  const int row = row_of(settings, key);
  if (row >= 0) return set_row(settings, row, value);
  if (strcmp(key, "seed") == 0) {
    if (parse_seed(value, &settings->seed)) return UR_OK;
    return ur_fail(UR_E_SETTING, key, "seed should be a whole number from 0 to %llu, not \"%.40s\"",
                   (unsigned long long)UINT64_MAX, value);
  }
  char keys[280] = "seed";
  size_t used = strlen(keys);
  for (int i = 0; i < settings->count && used < sizeof keys; i++)
    used += (size_t)snprintf(keys + used, sizeof keys - used, ", %s", settings->rows[i]->key);
  return ur_fail(UR_E_SETTING, key, "there is no setting %.40s; there are %s", key, keys);
}

double ur_setting_get(const ur_settings *settings, const char *key) {
  const int row = row_of(settings, key);
  return row < 0 ? 0 : settings->values[row];
}

ur_status ur_setting_text(const ur_settings *settings, int row, char *out, size_t size) {
  char text[64];
  if (row < 0 || row >= settings->count)
    return ur_fail(UR_E_ARGUMENT, "", "there is no setting number %d", row);
  const ur_setting *setting = settings->rows[row];
  const double value = settings->values[row];
  if (setting->type == UR_SETTING_CHOICE) {
    const char *at = setting->choices;
    for (int i = 0; i < (int)value; i++) at += strcspn(at, "|") + 1;
    snprintf(text, sizeof text, "%.*s", (int)strcspn(at, "|"), at);
  } else {
    int digits = 1; /* as few as bring the number back */
    do snprintf(text, sizeof text, "%.*g", digits, value);
    while (ur__decimal_read(text, NULL) != value && digits++ < 17);
    if (setting->type == UR_SETTING_INT) snprintf(text, sizeof text, "%.0f", value);
  }
  if (strlen(text) >= size)
    return ur_fail(UR_E_ARGUMENT, setting->key, "%s needs more room as text", setting->key);
  strcpy(out, text);
  return UR_OK;
}
