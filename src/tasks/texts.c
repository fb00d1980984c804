#include "texts.h"

#include <string.h>

#include "alloc.h"
#include "unroll/texts.h"

typedef struct text {
  const char *name;
  const ur_bytes *compiled;
  ur_bytes brought;
} text;

#define ROW(symbol, name) {name, &ur__##symbol##_corpus, {NULL, 0}},
static text texts[] = {UR__TEXT_LIST(ROW)};
#undef ROW

static text *find(const char *name) {
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (strcmp(texts[i].name, name) == 0) return &texts[i];
  return NULL;
}

ur_bytes ur__text_find(const char *name) {
  const text *one = find(name);
  if (one == NULL) return (ur_bytes){NULL, 0};
  return one->brought.data != NULL ? one->brought : *one->compiled;
}

ur_status ur_text_bring(const char *name, ur_bytes bytes) {
  text *one = find(name);
  if (one == NULL) return ur_fail(UR_E_NAME, name, "no text that comes with a task is called %.60s", name);
  uint8_t *copy = bytes.size > 0 ? ur__alloc(bytes.size) : NULL;
  if (bytes.size > 0 && copy == NULL)
    return ur_fail(UR_E_MEMORY, name, "there is no memory left for the text %s", name);
  if (copy != NULL) memcpy(copy, bytes.data, bytes.size);
  ur__free((void *)(uintptr_t)one->brought.data);
  one->brought = (ur_bytes){copy, bytes.size};
  return UR_OK;
}
