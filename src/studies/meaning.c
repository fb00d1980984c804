/* A word by its company: who stands near whom in a text, vectors from that by singular values or by
 * skip-gram, who is near whom by them, and a map (unroll/vectors.h). */
#include <string.h>

#include "alloc.h"
#include "company.h"
#include "words.h"

enum { BY = UR__SKIPGRAM_SETTINGS, SHOW, SETTINGS };
enum { BY_COUNTS, BY_SKIPGRAM };
enum { SHOW_LAST, SHOW_ALL };
static const ur_setting settings[SETTINGS] = {
    UR__COMPANY_ROWS, UR__SKIPGRAM_ROWS,
    [BY] = {.key = "by",
            .type = UR_SETTING_CHOICE,
            .choices = "counts|skip-gram",
            .max = 1,
            .def = BY_SKIPGRAM,
            .help = "where the vectors come from"},
    [SHOW] = {.key = "show",
              .type = UR_SETTING_CHOICE,
              .choices = "last|all",
              .max = 1,
              .help =
                  "cosines and map of the last epoch; of the start and every epoch too, and the sentences"}};
enum { ANALOGY = UR__OWN_TEXT + 1 };
static const ur__study_input inputs[] = {
    UR__COMPANY_INPUT,
    [ANALOGY] =
        {"analogy", UR__TEXT, "",
         "three words: the first to the second as the third to; king queen uncle of sentences that are made"},
    {.name = NULL}};

/* What is kept of the start and of every epoch, [epochs + 1, ...]; NULL where only the last is shown. */
typedef struct history {
  double *vectors, *cosine, *map;
} history;
typedef struct state {
  ur_company company;
  ur_skipgram *skipgram;
  int size, epochs, named[3];
  double *loss, *vectors, *cosine, *map, *analogy, *by; /* by: what the map is by, [3, size] */
  history all;
} state;

/* Three words of the text by number; -1 where none are named. */
static ur_status find_named(ur_study *study, state *s) {
  ur_bytes word, named = {(const uint8_t *)ur__study_text(study, ANALOGY), 0};
  int found = 0;
  if (*named.data == '\0' && ur__company_is_made(study)) named.data = (const uint8_t *)"king queen uncle";
  named.size = strlen((const char *)named.data);
  s->named[0] = -1;
  for (size_t at = 0; (word = ur__words_next(named, &at)).size > 0; found++) {
    int w = 0;
    while (w < s->company.words &&
           (strlen(s->company.word[w]) != word.size || memcmp(s->company.word[w], word.data, word.size) != 0))
      w++;
    if (w == s->company.words)
      return ur_fail(UR_E_TEXT, "analogy", "\"%.*s\" is not in the text; name three words of it",
                     (int)word.size, (const char *)word.data);
    if (found < 3) s->named[found] = w;
  }
  if (found == 0 || found == 3) return UR_OK;
  return ur_fail(UR_E_TEXT, "analogy", "%d words are named; it takes three", found);
}

/* Of sentences that were made: which groups a word belongs to by the rules. */
static void tell_groups(ur_study *study, const state *s, int word) {
  const char *names[16];
  int count = 0;
  while (count < 16 && (names[count] = ur_made_group(count)) != NULL) count++;
  const int group = ur__study_axis(study, "group", count, names);
  double *belongs = ur__study_array(study, "belongs", "", 2, (int[]){word, group});
  for (int i = 0; i < s->company.words * count && belongs != NULL; i++)
    belongs[i] = ur_made_belongs(s->company.word[i / count], i % count);
}

static void declare_all(ur_study *study, state *s, int word, int near, int number, int direction) {
  ur__company_sentences(study, &s->company);
  if (s->epochs == 0) return;
  const int after = ur__study_axis(study, "after", s->epochs + 1, NULL);
  s->all.vectors = ur__study_array(study, "vector_after", "", 3, (int[]){after, word, number});
  s->all.cosine = ur__study_array(study, "cosine_after", "", 3, (int[]){after, word, near});
  s->all.map = ur__study_array(study, "map_after", "", 3, (int[]){after, word, direction});
}

static ur_status declare(ur_study *study, state *s) {
  const ur_company *c = &s->company;
  const int V = c->words;
  static const char *const directions[] = {"1", "2"};
  const int word = ur__study_axis(study, "word", V, c->word),
            near = ur__study_axis(study, "near", V, c->word),
            number = ur__study_axis(study, "number", s->size, NULL),
            direction = ur__study_axis(study, "direction", 2, directions);
  double *times = ur__study_array(study, "times", "", 1, &word),
         *pairs = ur__study_array(study, "pairs", "", 2, (int[]){word, near}),
         *ppmi = ur__study_array(study, "ppmi", "nats", 2, (int[]){word, near});
  s->vectors = ur__study_array(study, "vector", "", 2, (int[]){word, number});
  s->cosine = ur__study_array(study, "cosine", "", 2, (int[]){word, near});
  s->map = ur__study_array(study, "map", "", 2, (int[]){word, direction});
  if (s->named[0] >= 0) s->analogy = ur__study_array(study, "analogy", "", 1, &word);
  if (ur__company_is_made(study)) tell_groups(study, s, word);
  if (s->epochs > 0) {
    const int epoch = ur__study_axis(study, "epoch", s->epochs, NULL);
    s->loss = ur__study_array(study, "loss", "nats", 1, &epoch);
    double *least = ur__study_array(study, "least", "nats", 0, NULL);
    if (least != NULL) *least = ur_company_least_loss(c, (int)ur__study_setting(study, UR__NEGATIVES));
  }
  if (ur__study_setting(study, SHOW) == SHOW_ALL) declare_all(study, s, word, near, number, direction);
  const ur_status status = ur__study_declared(study, s->epochs > 0 ? s->epochs : 1);
  if (status != UR_OK) return status;
  memcpy(times, c->times, (size_t)V * sizeof *times);
  memcpy(pairs, c->pairs, (size_t)V * (size_t)V * sizeof *pairs);
  return ur_company_ppmi(c, ppmi);
}

/* The vectors as they are, and who is near whom by them; `after` so many epochs. */
static void keep(state *s, int after) {
  const size_t V = (size_t)s->company.words, d = (size_t)s->size, cells = (size_t)after * V;
  memcpy(s->all.vectors + cells * d, ur_skipgram_vectors(s->skipgram), V * d * sizeof *s->vectors);
  ur_vectors_cosine(s->all.vectors + cells * d, (int)V, s->size, s->all.cosine + cells * V);
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  ur_status status = ur__company_take(study, &s->company);
  if (status == UR_OK) status = find_named(study, s);
  if (status != UR_OK) return status;
  const ur_skipgram_options options = ur__company_options(study, &s->company);
  s->size = options.size;
  if (ur__study_setting(study, BY) == BY_SKIPGRAM) {
    s->epochs = options.epochs;
    status = ur_skipgram_create(&s->company, &options, &s->skipgram);
  }
  s->by = ur__alloc_array(3 * (size_t)s->size, sizeof *s->by);
  if (status == UR_OK && s->by == NULL)
    status = ur_fail(UR_E_MEMORY, "", "there is no memory left for a map");
  if (status == UR_OK) status = declare(study, s);
  if (status == UR_OK && s->all.vectors != NULL) keep(s, 0);
  return status;
}

/* An epoch, and what the vectors tell after it: so a page that waits can draw them as they are learned. The
 * places of earlier epochs are all on the map of the last, once that is there. */
static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  const int V = s->company.words, last = i + 1 == s->epochs;
  ur_status status;
  (void)study;
  if (s->skipgram == NULL) {
    status = ur_company_vectors(&s->company, s->size, s->vectors);
  } else {
    status = ur_skipgram_epoch(s->skipgram, &s->loss[i]);
    memcpy(s->vectors, ur_skipgram_vectors(s->skipgram), (size_t)(V * s->size) * sizeof *s->vectors);
    if (status == UR_OK && s->all.vectors != NULL) keep(s, i + 1);
  }
  if (status != UR_OK) return status;
  ur_vectors_cosine(s->vectors, V, s->size, s->cosine);
  if (s->analogy != NULL) ur_vectors_analogy(s->vectors, V, s->size, s->named, s->analogy);
  status = ur_vectors_map(s->vectors, V, s->size, 2, s->map, s->by);
  if (status == UR_OK && s->all.map != NULL && last)
    ur_vectors_place(s->all.vectors, V * (s->epochs + 1), s->size, 2, s->by, s->all.map);
  return status;
}

static void end(void *from) {
  state *s = from;
  ur_skipgram_free(s->skipgram);
  ur_company_free(&s->company);
  ur__free(s->by);
}

const ur__study ur__study_meaning = {.name = "meaning",
                                     .help = "words by their company: counts, vectors, neighbours, a map",
                                     .settings = settings,
                                     .setting_count = SETTINGS,
                                     .inputs = inputs,
                                     .state = sizeof(state),
                                     .begin = begin,
                                     .piece = piece,
                                     .end = end};
