/* A word by its company: who stands near whom in a text, vectors from that by singular values or by
 * skip-gram, who is near whom by them, and a map (unroll/vectors.h). */
#include <string.h>

#include "studies.h"
#include "unroll/vectors.h"
#include "words.h"

enum { SENTENCES, WINDOW, BY, SIZE, NEGATIVES, EPOCHS, RATE, SETTINGS };
enum { BY_COUNTS, BY_SKIPGRAM };
static const ur_setting settings[SETTINGS] = {
    [SENTENCES] =
        {.key = "sentences", .def = 1500, .min = 50, .max = 5000, .help = "made where there is no text"},
    [WINDOW] = {.key = "window",
                .def = 3,
                .min = 1,
                .max = 10,
                .help = "places before and after a word that are its company"},
    [BY] = {.key = "by",
            .type = UR_SETTING_CHOICE,
            .choices = "counts|skip-gram",
            .max = 1,
            .def = BY_SKIPGRAM,
            .help = "where the vectors come from"},
    [SIZE] = {.key = "size", .def = 16, .min = 2, .max = 64, .help = "numbers in a vector"},
    [NEGATIVES] = {.key = "negatives",
                   .def = 5,
                   .min = 1,
                   .max = 20,
                   .help = "words drawn against each that was there (skip-gram)"},
    [EPOCHS] = {.key = "epochs",
                .def = 20,
                .min = 1,
                .max = 200,
                .help = "how often every pair is learned from (skip-gram)"},
    [RATE] = {.key = "rate",
              .type = UR_SETTING_REAL,
              .def = 0.05,
              .min = 1e-4,
              .max = 1,
              .help = "learning rate at first (skip-gram)"}};
enum { TEXT, ANALOGY };
static const ur__study_input inputs[] = {
    [TEXT] = {"text", UR__TEXT, "", "a sentence a line, in place of those made"},
    [ANALOGY] =
        {"analogy", UR__TEXT, "",
         "three words: the first to the second as the third to; king queen uncle of sentences that are made"},
    {.name = NULL}};

typedef struct state {
  ur_buffer made;
  ur_company company;
  ur_skipgram *skipgram;
  int size, named[3];
  double *loss, *vectors, *cosine, *map, *analogy;
} state;

static int is_made(ur_study *study) { return *ur__study_text(study, TEXT) == '\0'; }

static ur_status read_text(ur_study *study, state *s) {
  const char *own = ur__study_text(study, TEXT);
  ur_bytes text = {(const uint8_t *)own, strlen(own)};
  if (is_made(study)) {
    const ur_status status =
        ur_made_sentences(ur__study_seed(study), (int)ur__study_setting(study, SENTENCES), &s->made);
    if (status != UR_OK) return status;
    text = (ur_bytes){s->made.data, s->made.size};
  }
  return ur_company_of(text, (int)ur__study_setting(study, WINDOW), &s->company);
}

/* Three words of the text by number; -1 where none are named. */
static ur_status find_named(ur_study *study, state *s) {
  ur_bytes word, named = {(const uint8_t *)ur__study_text(study, ANALOGY), 0};
  int found = 0;
  if (*named.data == '\0' && is_made(study)) named.data = (const uint8_t *)"king queen uncle";
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

static ur_status declare(ur_study *study, state *s, int epochs) {
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
  if (is_made(study)) tell_groups(study, s, word);
  if (epochs > 0) {
    const int epoch = ur__study_axis(study, "epoch", epochs, NULL);
    s->loss = ur__study_array(study, "loss", "nats", 1, &epoch);
  }
  const ur_status status = ur__study_declared(study, epochs > 0 ? epochs : 1);
  if (status != UR_OK) return status;
  memcpy(times, c->times, (size_t)V * sizeof *times);
  memcpy(pairs, c->pairs, (size_t)V * (size_t)V * sizeof *pairs);
  return ur_company_ppmi(c, ppmi);
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  const int epochs = ur__study_setting(study, BY) == BY_SKIPGRAM ? (int)ur__study_setting(study, EPOCHS) : 0;
  ur_status status = read_text(study, s);
  if (status == UR_OK) status = find_named(study, s);
  if (status != UR_OK) return status;
  s->size = (int)ur__study_setting(study, SIZE);
  if (s->size > s->company.words) s->size = s->company.words;
  const ur_skipgram_options options = {.size = s->size,
                                       .negatives = (int)ur__study_setting(study, NEGATIVES),
                                       .epochs = epochs,
                                       .rate = ur__study_setting(study, RATE),
                                       .seed = ur__study_seed(study)};
  if (epochs > 0) status = ur_skipgram_create(&s->company, &options, &s->skipgram);
  return status == UR_OK ? declare(study, s, epochs) : status;
}

/* An epoch, and what the vectors tell after it: so a page that waits can draw them as they are learned. */
static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  const int V = s->company.words;
  (void)study;
  if (s->skipgram == NULL) {
    const ur_status status = ur_company_vectors(&s->company, s->size, s->vectors);
    if (status != UR_OK) return status;
  } else {
    const ur_status status = ur_skipgram_epoch(s->skipgram, &s->loss[i]);
    if (status != UR_OK) return status;
    memcpy(s->vectors, ur_skipgram_vectors(s->skipgram), (size_t)(V * s->size) * sizeof *s->vectors);
  }
  ur_vectors_cosine(s->vectors, V, s->size, s->cosine);
  if (s->analogy != NULL) ur_vectors_analogy(s->vectors, V, s->size, s->named, s->analogy);
  return ur_vectors_map(s->vectors, V, s->size, 2, s->map);
}

static void end(void *from) {
  state *s = from;
  ur_skipgram_free(s->skipgram);
  ur_company_free(&s->company);
  ur_buffer_free(&s->made);
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
