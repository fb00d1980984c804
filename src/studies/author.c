/* Who wrote it: a word letter by letter under the counts of two texts, the names and the words of a novel. Of
 * both, who is less surprised. */
#include <string.h>

#include "counted.h"
#include "real.h"
#include "texts.h"
#include "vocabulary.h"

enum { ORDER, SMOOTHING, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    [ORDER] = UR__ROW_ORDER(4), [SMOOTHING] = UR__ROW_SMOOTHING(12)};
enum { WORD };
static const ur__study_input inputs[] = {[WORD] = {"word", UR__TEXT, "ishmael", "who wrote it?"},
                                         {.name = NULL}};

enum { AUTHORS = 2, LETTERS_MAX = 24 };
typedef struct state {
  ur_trainer *trainer[AUTHORS];
  int32_t tokens[LETTERS_MAX];
  int n;
  double *log_p, *sum, *loss; /* [author, step] */
} state;

static int is_letter(uint8_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* Its words a line each, in lower case. */
static ur_status words_of(ur_bytes text, ur_buffer *out) {
  int within = 0;
  for (size_t i = 0; i < text.size; i++) {
    const int letter = is_letter(text.data[i]);
    const char c = letter ? (char)(text.data[i] | 0x20) : '\n';
    if (letter || within) ur_buffer_append(out, &c, 1);
    within = letter;
  }
  const char end = '\0';
  ur_buffer_append(out, &end, 1);
  return out->failed ? ur_fail(UR_E_MEMORY, "", "there is no memory left for the words") : UR_OK;
}

static ur_status count_words(const ur_study *study, int order, double smoothing, ur_trainer **out) {
  const ur_bytes text = ur__text_find("moby-dick");
  ur_buffer words = {0};
  *out = NULL;
  if (text.size == 0) return ur_fail(UR_E_STATE, "moby-dick", "the novel has not been brought");
  ur_status status = words_of(text, &words);
  if (status == UR_OK) status = ur__counted_open(study, (const char *)words.data, order, smoothing, out);
  ur_buffer_free(&words);
  return status;
}

static ur_status begin(ur_study *study, void *into) {
  static const char *const authors[AUTHORS] = {"names", "moby-dick"};
  state *s = into;
  const int order = (int)ur__study_setting(study, ORDER);
  const double smoothing = ur__study_setting(study, SMOOTHING);
  ur_status status = ur__counted_open(study, "", order, smoothing, &s->trainer[0]);
  if (status == UR_OK) status = count_words(study, order, smoothing, &s->trainer[1]);
  if (status == UR_OK)
    status = ur__corpus_encode(&s->trainer[0]->corpus, ur__study_text(study, WORD), s->tokens,
                               LETTERS_MAX - 1, &s->n);
  if (status != UR_OK) return status;
  const ur__corpus *corpus = &s->trainer[0]->corpus;
  if (!ur__vocabulary_same(corpus, &s->trainer[1]->corpus))
    return ur_fail(UR_E_STATE, "",
                   "the two texts have different letters, so their guesses cannot be compared");
  const char *came[LETTERS_MAX];
  for (int t = 0; t <= s->n; t++) came[t] = corpus->texts[t < s->n ? s->tokens[t] : UR__END];
  const int author = ur__study_axis(study, "author", AUTHORS, authors),
            step = ur__study_axis(study, "step", s->n + 1, came);
  s->log_p = ur__study_array(study, "log_p", "nats", 2, (int[]){author, step});
  s->sum = ur__study_array(study, "sum", "nats", 2, (int[]){author, step});
  s->loss = ur__study_array(study, "loss", "nats a letter", 1, &author);
  return ur__study_declared(study, 1);
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  double p[UR__VOCABULARY_MAX];
  (void)study, (void)i;
  for (int a = 0; a < AUTHORS; a++) {
    double sum = 0;
    for (int t = 0; t <= s->n; t++) {
      const int at = a * (s->n + 1) + t;
      ur__ngram_next(&s->trainer[a]->ngram, s->tokens, t, p);
      s->log_p[at] = ur__log(p[t < s->n ? s->tokens[t] : UR__END]);
      s->sum[at] = sum += s->log_p[at];
    }
    s->loss[a] = -sum / (s->n + 1);
  }
  return UR_OK;
}

static void end(void *from) {
  state *s = from;
  for (int a = 0; a < AUTHORS; a++) ur_trainer_free(s->trainer[a]);
}

const ur__study ur__study_author = {.name = "author",
                                    .help = "a word under two texts: the names, and the words of Moby-Dick",
                                    .settings = settings,
                                    .setting_count = SETTINGS,
                                    .inputs = inputs,
                                    .reads = "names",
                                    .state = sizeof(state),
                                    .begin = begin,
                                    .piece = piece,
                                    .end = end};
