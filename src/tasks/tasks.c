#include "tasks.h"

#include <string.h>

static const ur_setting settings[UR__TASK_SETTINGS] = {
    [UR__TASK_VALIDATION_SHARE] = {.key = "validation_share",
                                   .type = UR_SETTING_REAL,
                                   .def = 0.1,
                                   .min = 0.01,
                                   .max = 0.5,
                                   .help = "share of the sequences that training never sees"},
};

const ur__task ur__tasks[] = {
    {"names", "8,000 first names, letter by letter", settings, UR__TASK_SETTINGS, &ur__names_corpus},
    {"lines", "a text of your own, one sequence a line", settings, UR__TASK_SETTINGS, NULL},
};
const int ur__task_count = sizeof ur__tasks / sizeof *ur__tasks;

const ur__task *ur__task_find(const char *name) {
  for (int i = 0; i < ur__task_count; i++) {
    if (strcmp(ur__tasks[i].name, name) == 0) return &ur__tasks[i];
  }
  return NULL;
}
