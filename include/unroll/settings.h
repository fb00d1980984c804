/* unroll/settings.h: the one way in which models, tasks and training are told what to do.
 *
 * A setting is a row in somebody's table: key, type, default, limits, help. A ur_settings is a bag of
 * values over the rows that apply to one (model, task) pair. The command's --set, the page's controls
 * and the metadata of a weights file all go through ur_settings_set, so that an unknown key or a value
 * out of range gives the same one sentence everywhere. */
#ifndef UNROLL_SETTINGS_H
#define UNROLL_SETTINGS_H

#include "unroll/status.h"

typedef enum ur_setting_type { UR_SETTING_INT, UR_SETTING_REAL, UR_SETTING_CHOICE } ur_setting_type;

typedef struct ur_setting {
  const char *key; /* hidden_size, learning_rate, activation ... the field's own names */
  ur_setting_type type;
  double def, min, max; /* a choice: index into choices */
  const char *choices;  /* "tanh|sigmoid|relu"; NULL where the type is not a choice */
  int live;             /* 1: may be changed during a run (learning_rate); 0: a new run (hidden_size) */
  int built;            /* 1: live, and the graphs are made anew by it, over the same parameters */
  const char *help;     /* one line for the terminal */
  int later;            /* 1: files older than it mean its default, and only another value is written */
} ur_setting;

#define UR_SETTINGS_MAX 128
typedef struct ur_settings {
  const char *model, *task; /* names in the tables; static */
  uint64_t seed;
  int count;
  const ur_setting *rows[UR_SETTINGS_MAX];
  double values[UR_SETTINGS_MAX];
} ur_settings;

/* Defaults for this pair. Errors: UR_E_NAME (the message lists the names there are). */
ur_status ur_settings_init(ur_settings *settings, const char *model, const char *task);
/* "hidden_size", "64". "seed" is accepted too. Errors: UR_E_SETTING with key, value, limits or the keys there
 * are. */
ur_status ur_settings_set(ur_settings *settings, const char *key, const char *value);
/* The value of a key that the caller's own table declares; a choice gives its index. Unknown key: 0 (a bug,
 * caught by tests, not by users). */
double ur_setting_get(const ur_settings *settings, const char *key);
/* The value as text, as ur_settings_set would take it, into out[size]. Round-trips exactly (%.17g shortened).
 */
ur_status ur_setting_text(const ur_settings *settings, int row, char *out, size_t size);

#endif
