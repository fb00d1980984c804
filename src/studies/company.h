/* studies/company.h: the text that a study of words is about, made or the reader's own, and who stands near
 * whom in it. */
#ifndef UNROLL_STUDIES_COMPANY_H
#define UNROLL_STUDIES_COMPANY_H

#include "studies.h"
#include "unroll/vectors.h"

/* Rows of the settings that it takes, the first of every such study. */
enum { UR__SENTENCES, UR__WINDOW, UR__COMPANY_SETTINGS };
#define UR__COMPANY_ROWS                                                                                     \
  [UR__SENTENCES] = {.key = "sentences",                                                                     \
                     .def = 1500,                                                                            \
                     .min = 50,                                                                              \
                     .max = 5000,                                                                            \
                     .help = "made where there is no text"},                                                 \
  [UR__WINDOW] = {.key = "window",                                                                           \
                  .def = 3,                                                                                  \
                  .min = 1,                                                                                  \
                  .max = 10,                                                                                 \
                  .help = "places before and after a word that are its company"}
/* Its first input. */
enum { UR__OWN_TEXT };
#define UR__COMPANY_INPUT [UR__OWN_TEXT] = {"text", UR__TEXT, "", "a sentence a line, in place of those made"}

/* Settings of skip-gram, which come next where there are any. */
enum { UR__SKIPGRAM_SIZE = UR__COMPANY_SETTINGS, UR__NEGATIVES, UR__EPOCHS, UR__RATE, UR__SKIPGRAM_SETTINGS };
#define UR__SKIPGRAM_ROWS                                                                                    \
  [UR__SKIPGRAM_SIZE] = {.key = "size", .def = 16, .min = 2, .max = 64, .help = "numbers in a vector"},      \
  [UR__NEGATIVES] = {.key = "negatives",                                                                     \
                     .def = 5,                                                                               \
                     .min = 1,                                                                               \
                     .max = 20,                                                                              \
                     .help = "words drawn against each that was there (skip-gram)"},                         \
  [UR__EPOCHS] = {.key = "epochs",                                                                           \
                  .def = 20,                                                                                 \
                  .min = 1,                                                                                  \
                  .max = 200,                                                                                \
                  .help = "how often every pair is learned from (skip-gram)"},                               \
  [UR__RATE] = {.key = "rate",                                                                               \
                .type = UR_SETTING_REAL,                                                                     \
                .def = 0.05,                                                                                 \
                .min = 1e-4,                                                                                 \
                .max = 1,                                                                                    \
                .help = "learning rate at first (skip-gram)"}

int ur__company_is_made(const ur_study *study);
/* To be freed with ur_company_free. Errors of ur_company_of. */
ur_status ur__company_take(const ur_study *study, ur_company *out);
/* No vector is longer than there are words. */
ur_skipgram_options ur__company_options(const ur_study *study, const ur_company *company);

/* The sentences, [line, place], with words by number and NaN after the end of one; its axes too. Filled at
 * once. */
void ur__company_sentences(ur_study *study, const ur_company *company);

#endif
