#include "studies.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "decimal.h"

#define ROW(id) &ur__study_##id,
const ur__study *const ur__studies[] = {UR__STUDY_LIST(ROW)};
#undef ROW
const int ur__study_count = sizeof ur__studies / sizeof *ur__studies;

enum { INPUTS = 4, AXES = 10, ARRAYS = 24, CELLS_MAX = 1 << 22 };

typedef struct given {
  char *text; /* NULL: as it is at first */
  double *numbers;
  int count;
} given;

typedef struct declared {
  const char *name;
  int size;
  char **labels; /* one allocation, texts included */
} declared;

struct ur_study {
  const ur__study *of;
  ur_settings settings;
  given inputs[INPUTS];
  declared axes[AXES];
  ur_study_array arrays[ARRAYS];
  double *values[ARRAYS];
  int axis_count, array_count;
  int begun, pieces, done; /* begun: -1 where that failed */
  ur_status failed;        /* of a declaration */
  ur_error failure;
  void *state;
};

static ur_status no_memory(const ur_study *study) {
  return ur_fail(UR_E_MEMORY, "", "there is no memory left for the study %s", study->of->name);
}

static const char separators[] = " ,;\t\r\n";

/* The numbers of a text, into `out` where that is not NULL; how many, -1 - i where number i is none. */
static int parse(const char *text, double *out) {
  int count = 0;
  for (const char *at = text + strspn(text, separators); *at != 0; at += strspn(at, separators)) {
    const size_t length = strcspn(at, separators);
    const char *end;
    const double value = ur__decimal_read(at, &end);
    if (strspn(at, "+-.0123456789eE") < length || end != at + length || !(fabs(value) <= 1e300))
      return -1 - count;
    if (out != NULL) out[count] = value;
    count++;
    at = end;
  }
  return count;
}

static ur_status give_numbers(ur_study *study, int i, const char *text) {
  const char *name = study->of->inputs[i].name;
  const int count = parse(text, NULL);
  if (count < 0) return ur_fail(UR_E_TEXT, name, "%s should be numbers; number %d is none", name, -count);
  double *numbers = ur__alloc_array((size_t)count, sizeof *numbers);
  if (numbers == NULL) return no_memory(study);
  parse(text, numbers);
  ur__free(study->inputs[i].numbers);
  study->inputs[i].numbers = numbers;
  study->inputs[i].count = count;
  return UR_OK;
}

static ur_status give_text(ur_study *study, int i, const char *text) {
  char *copy = ur__alloc(strlen(text) + 1);
  if (copy == NULL) return no_memory(study);
  strcpy(copy, text);
  ur__free(study->inputs[i].text);
  study->inputs[i].text = copy;
  return UR_OK;
}

static ur_status give(ur_study *study, int i, const char *text) {
  return study->of->inputs[i].kind == UR__NUMBERS ? give_numbers(study, i, text) : give_text(study, i, text);
}

static int input_of(const ur_study *study, const char *name) {
  for (int i = 0; study->of->inputs != NULL && study->of->inputs[i].name != NULL; i++)
    if (strcmp(study->of->inputs[i].name, name) == 0) return i;
  return -1;
}

static ur_status fill(const ur__study *of, ur_study *study) {
  study->of = of;
  study->settings.model = of->name;
  study->settings.task = "";
  study->settings.seed = 1;
  study->settings.count = of->setting_count;
  for (int i = 0; i < of->setting_count; i++) {
    study->settings.rows[i] = &of->settings[i];
    study->settings.values[i] = of->settings[i].def;
  }
  study->state = ur__alloc(of->state);
  ur_status status = study->state != NULL ? UR_OK : no_memory(study);
  for (int i = 0; status == UR_OK && of->inputs != NULL && of->inputs[i].name != NULL; i++)
    status = give(study, i, of->inputs[i].def);
  return status;
}

ur_status ur__study_open(const ur__study *of, ur_study **out) {
  *out = NULL;
  ur_study *study = ur__alloc(sizeof *study);
  if (study == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for a study");
  const ur_status status = fill(of, study);
  if (status == UR_OK)
    *out = study;
  else
    ur_study_free(study);
  return status;
}

ur_status ur_study_create(const char *name, ur_study **out) {
  char names[320] = "";
  size_t used = 0;
  *out = NULL;
  for (int i = 0; i < ur__study_count; i++) {
    if (strcmp(ur__studies[i]->name, name) == 0) return ur__study_open(ur__studies[i], out);
    if (used < sizeof names)
      used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i > 0 ? ", " : "",
                               ur__studies[i]->name);
  }
  return ur_fail(UR_E_NAME, name, "there is no study %.60s; there are %s", name, names);
}

void ur_study_free(ur_study *study) {
  if (study == NULL) return;
  if (study->begun && study->of->end != NULL) study->of->end(study->state);
  for (int i = 0; i < INPUTS; i++) {
    ur__free(study->inputs[i].text);
    ur__free(study->inputs[i].numbers);
  }
  for (int i = 0; i < study->axis_count; i++) ur__free(study->axes[i].labels);
  for (int i = 0; i < study->array_count; i++) ur__free(study->values[i]);
  ur__free(study->state);
  ur__free(study);
}

static int has_setting(const ur_study *study, const char *key) {
  for (int i = 0; i < study->settings.count; i++)
    if (strcmp(study->settings.rows[i]->key, key) == 0) return 1;
  return strcmp(key, "seed") == 0;
}

ur_status ur_study_set(ur_study *study, const char *key, const char *value) {
  const int i = input_of(study, key);
  if (study->begun) return ur_fail(UR_E_STATE, key, "the study has begun; %.40s can be set before", key);
  if (i >= 0) return give(study, i, value);
  const ur_status status = ur_settings_set(&study->settings, key, value);
  if (has_setting(study, key) || study->of->inputs == NULL) return status;
  char names[120] = "";
  size_t used = 0;
  for (const ur__study_input *in = study->of->inputs; in->name != NULL && used < sizeof names; in++)
    used += (size_t)snprintf(names + used, sizeof names - used, ", %s", in->name);
  return ur_fail(UR_E_SETTING, key, "%.220s%s", ur_last_error()->message, names);
}

ur_status ur_study_step(ur_study *study, ur_study_report *out) {
  ur_status status = UR_OK;
  if (study->begun < 0)
    return ur_fail(UR_E_STATE, study->of->name, "the study could not begin; ask for it anew");
  if (!study->begun) {
    status = study->of->begin(study, study->state);
    study->begun = status == UR_OK ? 1 : -1;
  } else if (study->done < study->pieces) {
    status = study->of->piece(study, study->state, study->done);
    study->done += status == UR_OK;
  }
  const int done = status == UR_OK && study->done == study->pieces;
  const double share = study->pieces > 0 ? (double)study->done / study->pieces : 1;
  *out = (ur_study_report){.done = done, .fraction = share};
  return status;
}

int ur_study_axes(const ur_study *study) { return study->axis_count; }
ur_study_axis ur_study_axis_at(const ur_study *study, int i) {
  const declared *at = &study->axes[i];
  return (ur_study_axis){at->name, at->size, (const char *const *)at->labels};
}
int ur_study_arrays(const ur_study *study) { return study->array_count; }
ur_study_array ur_study_array_at(const ur_study *study, int i) { return study->arrays[i]; }

/* ---- for a study's own file ---- */
double ur__study_setting(const ur_study *study, int row) { return study->settings.values[row]; }
uint64_t ur__study_seed(const ur_study *study) { return study->settings.seed; }
const char *ur__study_text(const ur_study *study, int input) { return study->inputs[input].text; }
const double *ur__study_numbers(const ur_study *study, int input, int *count) {
  *count = study->inputs[input].count;
  return study->inputs[input].numbers;
}

static void fail(ur_study *study, ur_status status) {
  if (study->failed != UR_OK) return;
  study->failed = status;
  study->failure = *ur_last_error();
}

static char **copy_labels(const char *const *labels, int size) {
  size_t bytes = (size_t)size * sizeof(char *);
  for (int i = 0; i < size; i++) bytes += strlen(labels[i]) + 1;
  char **copy = ur__alloc(bytes);
  if (copy == NULL) return NULL;
  char *text = (char *)(copy + size);
  for (int i = 0; i < size; i++) {
    copy[i] = text;
    strcpy(text, labels[i]);
    text += strlen(labels[i]) + 1;
  }
  return copy;
}

int ur__study_axis(ur_study *study, const char *name, int size, const char *const *labels) {
  if (study->axis_count == AXES || size < 1) {
    fail(study, ur_fail(UR_E_ARGUMENT, name, "a study has up to %d axes, each with a place", AXES));
    return 0;
  }
  declared *at = &study->axes[study->axis_count];
  *at = (declared){name, size, NULL};
  if (labels != NULL && (at->labels = copy_labels(labels, size)) == NULL) fail(study, no_memory(study));
  return study->axis_count++;
}

double *ur__study_array(ur_study *study, const char *name, const char *unit, int rank, const int *axes) {
  const int i = study->array_count;
  size_t cells = 1;
  if (study->failed != UR_OK) return NULL;
  if (i == ARRAYS || rank > UR_STUDY_RANK_MAX) {
    fail(study, ur_fail(UR_E_ARGUMENT, name, "a study has up to %d arrays of up to %d axes", ARRAYS,
                        UR_STUDY_RANK_MAX));
    return NULL;
  }
  study->arrays[i] = (ur_study_array){.name = name, .unit = unit, .rank = rank};
  for (int d = 0; d < rank && cells <= CELLS_MAX; d++) {
    study->arrays[i].axes[d] = axes[d];
    cells *= (size_t)study->axes[axes[d]].size;
  }
  if (cells > CELLS_MAX)
    fail(study, ur_fail(UR_E_MEMORY, name, "%s has more than %d cells; ask for fewer", name, CELLS_MAX));
  else if ((study->values[i] = ur__alloc_array(cells, sizeof **study->values)) == NULL)
    fail(study, no_memory(study));
  if (study->failed != UR_OK) return NULL;
  for (size_t k = 0; k < cells; k++) study->values[i][k] = NAN;
  study->arrays[i].cells = cells;
  study->arrays[i].values = study->values[i];
  study->array_count++;
  return study->values[i];
}

double *ur__study_places(ur_study *study, int axis, const char *unit) {
  return ur__study_array(study, study->axes[axis].name, unit, 1, &axis);
}

ur_status ur__study_declared(ur_study *study, int pieces) {
  study->pieces = pieces;
  if (study->failed == UR_OK) return UR_OK;
  return ur_fail(study->failed, study->failure.node, "%s", study->failure.message);
}
