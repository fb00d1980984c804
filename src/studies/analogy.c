/* "a is to b as c is to ...", asked of vectors that are given (unroll/vectors.h). */
#include "studies.h"
#include "unroll/vectors.h"

enum { SIZE, A, B, C, SETTINGS };
#define WORD(letter, which)                                                                                  \
  { .key = letter, .max = UR_COMPANY_WORDS_MAX - 1, .def = which, .help = "a word by its place, from 0" }
static const ur_setting settings[SETTINGS] = {
    [SIZE] = {.key = "size", .def = 2, .min = 1, .max = 64, .help = "numbers in a vector"},
    [A] = WORD("a", 0),
    [B] = WORD("b", 1),
    [C] = WORD("c", 2)};
enum { VECTORS };
static const ur__study_input inputs[] = {
    [VECTORS] = {"vectors", UR__NUMBERS, "1 0 1 1 2 0 2 1", "one vector after the other"}, {.name = NULL}};

typedef struct state {
  const double *vectors;
  double *cosine;
  int words, size, abc[3];
} state;

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  int count;
  s->vectors = ur__study_numbers(study, VECTORS, &count);
  s->size = (int)ur__study_setting(study, SIZE);
  s->words = count / s->size;
  if (count == 0 || count % s->size != 0)
    return ur_fail(UR_E_TEXT, "vectors", "%d numbers are no vectors of %d", count, s->size);
  for (int k = 0; k < 3; k++) {
    s->abc[k] = (int)ur__study_setting(study, A + k);
    if (s->abc[k] >= s->words)
      return ur_fail(UR_E_SETTING, settings[A + k].key, "there are %d vectors, and word %d is none of them",
                     s->words, s->abc[k]);
  }
  const int word = ur__study_axis(study, "word", s->words, NULL);
  s->cosine = ur__study_array(study, "cosine", "", 1, &word);
  return ur__study_declared(study, 1);
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  (void)study, (void)i;
  ur_vectors_analogy(s->vectors, s->words, s->size, s->abc, s->cosine);
  return UR_OK;
}

const ur__study ur__study_analogy = {.name = "analogy",
                                     .help = "a is to b as c is to ...: how near every word comes",
                                     .settings = settings,
                                     .setting_count = SETTINGS,
                                     .inputs = inputs,
                                     .state = sizeof(state),
                                     .begin = begin,
                                     .piece = piece};
