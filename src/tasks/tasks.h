/* tasks/tasks.h: the table of tasks. A task is a name, the text that comes with it, and its settings; a row
 * here is all that the rest of the core needs in order to train on it. */
#ifndef UNROLL_TASKS_TASKS_H
#define UNROLL_TASKS_TASKS_H

#include "unroll/settings.h"

typedef struct ur__task {
  const char *name, *help;
  const ur_setting *settings;
  int setting_count;
  const ur_bytes *corpus; /* NULL: the text has to be given */
} ur__task;

extern const ur__task ur__tasks[];
extern const int ur__task_count;
const ur__task *ur__task_find(const char *name); /* NULL where there is none */

/* The rows of every task, by number. */
enum { UR__TASK_VALIDATION_SHARE, UR__TASK_SETTINGS };

extern const ur_bytes ur__names_corpus;

#endif
