#include "company.h"

#include <string.h>

int ur__company_is_made(const ur_study *study) { return *ur__study_text(study, UR__OWN_TEXT) == '\0'; }

ur_status ur__company_take(const ur_study *study, ur_company *out) {
  const char *own = ur__study_text(study, UR__OWN_TEXT);
  const int window = (int)ur__study_setting(study, UR__WINDOW);
  ur_buffer made = {0};
  *out = (ur_company){0};
  if (!ur__company_is_made(study))
    return ur_company_of((ur_bytes){(const uint8_t *)own, strlen(own)}, window, out);
  ur_status status =
      ur_made_sentences(ur__study_seed(study), (int)ur__study_setting(study, UR__SENTENCES), &made);
  if (status == UR_OK) status = ur_company_of((ur_bytes){made.data, made.size}, window, out);
  ur_buffer_free(&made);
  return status;
}

ur_skipgram_options ur__company_options(const ur_study *study, const ur_company *company) {
  const int size = (int)ur__study_setting(study, UR__SKIPGRAM_SIZE);
  return (ur_skipgram_options){.size = size < company->words ? size : company->words,
                               .negatives = (int)ur__study_setting(study, UR__NEGATIVES),
                               .epochs = (int)ur__study_setting(study, UR__EPOCHS),
                               .rate = ur__study_setting(study, UR__RATE),
                               .seed = ur__study_seed(study)};
}

void ur__company_sentences(ur_study *study, const ur_company *c) {
  int longest = 1;
  for (int l = 0; l < c->lines; l++)
    if (c->start[l + 1] - c->start[l] > longest) longest = c->start[l + 1] - c->start[l];
  const int line = ur__study_axis(study, "line", c->lines, NULL),
            place = ur__study_axis(study, "place", longest, NULL);
  double *sentence = ur__study_array(study, "sentence", "", 2, (int[]){line, place});
  for (int l = 0; l < c->lines && sentence != NULL; l++)
    for (int i = c->start[l]; i < c->start[l + 1]; i++) sentence[l * longest + i - c->start[l]] = c->token[i];
}
