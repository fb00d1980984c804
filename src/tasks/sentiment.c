#include "sentiment.h"

#include <string.h>

#include "hash.h"
#include "vocabulary.h"

/* In the order of a vocabulary. Of a kind: N what is spoken of, P praise, B blame, V and S more of it (S not
 * after "a"), X denied. */
static const struct {
  const char *text;
  char kind;
} words[UR__SENTIMENT_WORDS] = {
    {",", 0},        {".", 0},         {"a", 0},        {"all", 0},        {"and", 0},
    {"at", 0},       {"bad", 'B'},     {"book", 'N'},   {"but", 0},        {"dreadful", 'B'},
    {"dull", 'B'},   {"expected", 0},  {"film", 'N'},   {"fine", 'P'},     {"food", 'N'},
    {"found", 0},    {"good", 'P'},    {"great", 'P'},  {"hardly", 'X'},   {"horrible", 'B'},
    {"i", 0},        {"it", 0},        {"lovely", 'P'}, {"music", 'N'},    {"never", 'X'},
    {"not", 'X'},    {"perfect", 'P'}, {"poor", 'B'},   {"price", 'N'},    {"quite", 'V'},
    {"really", 'V'}, {"room", 'N'},    {"said", 0},     {"service", 'N'},  {"so", 'S'},
    {"song", 'N'},   {"staff", 'N'},   {"superb", 'P'}, {"terrible", 'B'}, {"the", 0},
    {"they", 0},     {"today", 0},     {"very", 'V'},   {"view", 'N'},     {"was", 0}};
enum { THINGS = 10, JUDGED = 6, DENIALS = 3, MORE = 4 };

/* A letter is drawn: N, X as above; A what is meant, C another that says the same, O the opposite; V more of
 * it or nothing, W without "so"; T an end or none, D without "at all". */
static const char *const contrasts[] = {
    "the N was V A , X V O T .",
    "the N was X V O , it was V A D .",
    "they said the N was V O , but it was V A D .",
    "i expected a W O N and found it V A D .",
};
static const char *const plain[] = {"the N was V A D .", "the N was V A and V C D .", "a W A N ."};
enum { CONTRASTS = sizeof contrasts / sizeof *contrasts, PLAIN = sizeof plain / sizeof *plain };

ur_status ur__sentiment_vocabulary(ur__corpus *out) {
  ur_status status = UR_OK;
  for (int i = 0; i < UR__SENTIMENT_WORDS && status == UR_OK; i++)
    status = ur__corpus_add_token(out, words[i].text);
  return status;
}

static char kind_of(int32_t token) { return token < UR__MARKS ? 0 : words[token - UR__MARKS].kind; }

static int32_t token_of(const char *text, size_t size) {
  int i = 0;
  while (strncmp(words[i].text, text, size) != 0 || words[i].text[size] != '\0') i++;
  return i + UR__MARKS;
}

/* The word of a kind, n-th from 0. */
static int32_t pick(char kind, uint32_t n) {
  int i = 0;
  for (;; i++)
    if (words[i].kind == kind && n-- == 0) return i + UR__MARKS;
}

/* What is drawn of a sentence; of two that are mirrors all is the same. */
typedef struct drawn {
  const char *pattern;
  uint32_t thing, denial, judged[2], other, more[2], end; /* judged: P and B; other: the second of one kind */
} drawn;

static drawn draw(const double *values, int unseen, ur_rng *stream) {
  const int simple = !unseen && ur_rng_uniform(stream) < (float)values[UR__SENTIMENT_PLAIN];
  drawn d;
  d.pattern = simple ? plain[ur_rng_below(stream, PLAIN)] : contrasts[ur_rng_below(stream, CONTRASTS)];
  d.thing = ur_rng_below(stream, THINGS);
  d.denial = ur_rng_below(stream, DENIALS);
  for (int i = 0; i < 2; i++) d.judged[i] = ur_rng_below(stream, JUDGED);
  d.other = 1 + ur_rng_below(stream, JUDGED - 1);
  for (int i = 0; i < 2; i++) d.more[i] = ur_rng_below(stream, MORE + 1);
  d.end = ur_rng_below(stream, 3);
  return d;
}

/* Up to two tokens for a letter of a pattern; how many. */
static int fill(const drawn *d, char letter, int praise, int *more, int32_t *out) {
  const char meant = praise ? 'P' : 'B', opposite = praise ? 'B' : 'P';
  const uint32_t which = d->judged[!praise];
  uint32_t v;
  switch (letter) {
  case 'N': *out = pick('N', d->thing); return 1;
  case 'X': *out = pick('X', d->denial); return 1;
  case 'A': *out = pick(meant, which); return 1;
  case 'C': *out = pick(meant, (which + d->other) % JUDGED); return 1;
  case 'O': *out = pick(opposite, d->judged[praise]); return 1;
  case 'V':
  case 'W':
    v = d->more[(*more)++];
    if (v == 0 || (letter == 'W' && v == MORE)) return 0;
    *out = v == MORE ? pick('S', 0) : pick('V', v - 1);
    return 1;
  default:
    if (d->end == 0 || (letter == 'D' && d->end == 2)) return 0;
    *out = token_of("today", 5);
    if (d->end == 1) return 1;
    out[0] = token_of("at", 2), out[1] = token_of("all", 3);
    return 2;
  }
}

static void write(const drawn *d, int praise, ur__sentiment *out) {
  int more = 0;
  out->count = 0, out->praise = praise;
  for (const char *at = d->pattern; *at != '\0'; at += strspn(at, " ")) {
    const size_t size = strcspn(at, " ");
    int32_t *next = out->tokens + out->count;
    if (*at >= 'A' && *at <= 'Z')
      out->count += fill(d, *at, praise, &more, next);
    else
      *next = token_of(at, size), out->count++;
    at += size;
  }
}

uint64_t ur__sentiment_stream(const double *values, int unseen, uint64_t i) {
  return unseen ? i / 2 : i % (uint64_t)values[UR__SENTIMENT_COUNT];
}

void ur__sentiment_draw(const double *values, int unseen, uint64_t i, ur_rng *stream, ur__sentiment *out) {
  const drawn d = draw(values, unseen, stream);
  const int mirrored = unseen ? (int)(i % 2) : (int)ur_rng_below(stream, 2);
  write(&d, 1, out);
  out->key = ur__fnv1a(UR__FNV_START, out->tokens, (size_t)out->count * sizeof *out->tokens);
  if (mirrored) write(&d, 0, out);
}

void ur__sentiment_put(const ur__task *task, const double *values, const ur__sentiment *one, int b,
                       ur__batch *batch) {
  int32_t *x = ur__batch_tokens(batch, "x");
  const int B = batch->count, n = one->count;
  ur__batch_reals(batch, "y")[b] = (float)one->praise;
  if (x != NULL) {
    for (int t = 0; t < batch->length; t++) x[t * B + b] = t < n ? one->tokens[t] : UR__END;
    return;
  }
  const int width = task->arrays[0].width, bag = task->kind == UR__SENTIMENT_BAG;
  float *row = ur__batch_reals(batch, "x") + b * width;
  const int places = bag ? n : (int)values[UR__SENTIMENT_PLACES];
  const int first = bag || values[UR__SENTIMENT_FROM] == 0 ? 0 : n - places;
  memset(row, 0, (size_t)width * sizeof *row);
  for (int p = 0; p < places; p++)
    if (first + p >= 0 && first + p < n)
      row[(bag ? 0 : p * UR__SENTIMENT_WORDS) + one->tokens[first + p] - UR__MARKS] += 1;
}

ur_status ur__sentiment_read(const ur__corpus *corpus, const char *text, int capacity, ur__sentiment *out) {
  int meant = -1, denied = 0, last = -1;
  *out = (ur__sentiment){.count = 0};
  const ur_status status = ur__corpus_encode(corpus, text, out->tokens, capacity, &out->count);
  if (status != UR_OK) return status;
  for (int t = 0; t < out->count; t++) {
    const char kind = kind_of(out->tokens[t]);
    if (kind == 'P' || kind == 'B') {
      last = (kind == 'P') != denied;
      if (!denied) meant = last;
    }
    if (kind != 'V' && kind != 'S') denied = kind == 'X';
  }
  if (last < 0)
    return ur_fail(UR_E_TEXT, "", "nothing in it praises or blames; write a word such as good or bad");
  out->praise = meant >= 0 ? meant : last;
  return UR_OK;
}

void ur__sentiment_print(const ur__task *task, const ur__corpus *corpus, const ur__batch *batch, int b,
                         ur_buffer *out) {
  const int32_t *x = ur__batch_tokens(batch, "x");
  if (x != NULL) {
    ur__corpus_write(corpus, x + b, batch->lengths[b], batch->count, out);
    return;
  }
  const int width = task->arrays[0].width;
  const float *row = ur__batch_reals(batch, "x") + b * width;
  int32_t tokens[UR__SEQUENCE_MAX];
  int n = 0;
  for (int i = 0; i < width; i++)
    for (int k = 0; k < (int)row[i] && n < UR__SEQUENCE_MAX; k++)
      tokens[n++] = UR__MARKS + i % UR__SENTIMENT_WORDS;
  ur__corpus_write(corpus, tokens, n, 1, out);
}
