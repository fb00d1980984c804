#include "tasks.h"

#include <string.h>

#include "corpus.h"

static const ur_setting settings[UR__TASK_SETTINGS] = {
    [UR__TASK_VALIDATION_SHARE] = {.key = "validation_share",
                                   .type = UR_SETTING_REAL,
                                   .def = 0.1,
                                   .min = 0.01,
                                   .max = 0.5,
                                   .help = "share of the sequences that training never sees"},
};

static const ur_setting remember[UR__REMEMBER_SETTINGS] = {
    [UR__REMEMBER_DISTANCE] = {.key = "distance",
                               .def = 40,
                               .min = 1,
                               .max = UR__SEQUENCE_MAX - 1,
                               .help = "symbols after the one to remember"},
    [UR__REMEMBER_SYMBOLS] = {.key = "symbols", .def = 8, .min = 2, .max = 26, .help = "different symbols"},
};

static const ur_setting adding[UR__ADDING_SETTINGS] = {
    [UR__ADDING_LENGTH] = {.key = "length",
                           .def = 40,
                           .min = 2,
                           .max = UR__SEQUENCE_MAX,
                           .help = "numbers, two of them marked"},
};

static const ur_setting pairs[UR__PAIRS_SETTINGS] = {
    [UR__PAIRS_LENGTH] = {.key = "length",
                          .def = 12,
                          .min = 1,
                          .max = UR__SEQUENCE_MAX,
                          .help = "symbols of the longest source"},
    [UR__PAIRS_SYMBOLS] = {.key = "symbols", .def = 12, .min = 2, .max = 26, .help = "different symbols"},
};

static const ur__array text_arrays[] = {{.name = "x", .axes = "TB", .padding = UR__END},
                                        {.name = "y", .axes = "TB", .padding = -1},
                                        {.name = NULL}};
static const ur__array remember_arrays[] = {{.name = "x", .axes = "TB", .padding = UR__NO_PADDING},
                                            {.name = "y", .axes = "B", .padding = UR__NO_PADDING},
                                            {.name = NULL}};
static const ur__array adding_arrays[] = {
    {.name = "e", .axes = "TBE", .real = 1, .width = UR__FEATURES, .padding = UR__NO_PADDING},
    {.name = "y", .axes = "BC", .real = 1, .width = 1, .padding = UR__NO_PADDING},
    {.name = NULL}};

static const ur__array pair_arrays[] = {{.name = "source", .axes = "SB", .padding = UR__END},
                                        {.name = "x", .axes = "TB", .padding = UR__END},
                                        {.name = "y", .axes = "TB", .padding = -1},
                                        {.name = NULL}};

const ur__task ur__tasks[] = {
    {"names", "8,000 first names, letter by letter", settings, UR__TASK_SETTINGS, &ur__names_corpus,
     UR__LINES, text_arrays, UR__RIGHT_NEVER},
    {"prose", "the first 16 chapters of Moby-Dick, in pieces of 64 letters, or a text of your own", settings,
     UR__TASK_SETTINGS, &ur__prose_corpus, UR__PIECES, text_arrays, UR__RIGHT_NEVER},
    {"lines", "a text of your own, one sequence a line", settings, UR__TASK_SETTINGS, NULL, UR__LINES,
     text_arrays, UR__RIGHT_NEVER},
    {"remember", "which symbol came first?", remember, UR__REMEMBER_SETTINGS, NULL, UR__REMEMBER,
     remember_arrays, UR__RIGHT_TOKEN},
    {"adding", "the sum of the two marked numbers", adding, UR__ADDING_SETTINGS, NULL, UR__ADDING,
     adding_arrays, UR__RIGHT_NEVER},
    {"reverse", "the same symbols from the end", pairs, UR__PAIRS_SETTINGS, NULL, UR__REVERSED, pair_arrays,
     UR__RIGHT_SEQUENCE},
    {"sort", "the same symbols in ascending order", pairs, UR__PAIRS_SETTINGS, NULL, UR__SORTED, pair_arrays,
     UR__RIGHT_SEQUENCE},
};
const int ur__task_count = sizeof ur__tasks / sizeof *ur__tasks;

const ur__task *ur__task_find(const char *name) {
  for (int i = 0; i < ur__task_count; i++) {
    if (strcmp(ur__tasks[i].name, name) == 0) return &ur__tasks[i];
  }
  return NULL;
}
