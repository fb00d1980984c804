/* Tunes in ABC: notes and bars of a line, the tunes that are shipped, which are on one side whole, and how
 * many bars are full of what a run writes. */
#include "bars.h"

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "lines.h"
#include "tasks.h"
#include "texts.h"
#include "trainer.h"
#include "unroll/bars.h"

static ur__tune tune;

static const ur__tune *read(const char *line) {
  ur__tune_read(line, strlen(line), &tune);
  return &tune;
}

static void check_kinds(const char *line, const char *kinds) {
  static const char letters[] = "fslpou";
  char got[UR__TUNE_MAX + 1] = "";
  read(line);
  for (int i = 0; i < tune.bar_count; i++) got[i] = letters[tune.bars[i].kind];
  if (!CHECK(strcmp(got, kinds) == 0)) printf("       %s: %s, not %s\n", line, got, kinds);
}

static void test_bars(void) {
  check_kinds("M:6/8 K:C EDEDEF|G2ABde|BAGAG|FA", "ffso");
  check_kinds("M:6/8 K:G D|G2GA2A|BdBG2|]", "pff"); /* the last gives back what the pick-up had */
  check_kinds("M:6/8 K:G D|G2GA2A|BdBG2|", "pfs");
  check_kinds("M:6/8 K:G D|G2GA2A|BdBG|]", "pfs");
  check_kinds("M:6/8 K:G G2GA2A|BdBG2|]", "fs");
  check_kinds("M:2/4 K:C CDEF|G2G2G|z4|", "flf");
  check_kinds("M:2/4 K:C CDEFGA", "l"); /* too long before any bar line */
  check_kinds("M:2/4 K:C |CDEF||z2z2|]", "ff");
  check_kinds("M:2/4 K:C C>DE<F|C/D/C//D//C/C3/2|(3CDEF2|", "fsf");
  check_kinds("M:2/4 K:C C>|DEFG|(3CDE2|(3CD|C2>|", "ufsuu");
  check_kinds("M:2/4 K:C CDxF|C0D3|C99|^|CDEF|", "uuuuf");
  check_kinds("K:C CDEF|", "u"); /* nobody said what a bar holds */
  check_kinds("M:x K:C CDEF|", "u");
  check_kinds("M:2/4 K:C | |CDEF| |", "fs");
  check_kinds("", "");
  const ur__bar_count count = ur__tune_count(read("M:6/8 K:G D|G2GA2A|G2|BdB"));
  CHECK(count.full == 1 && count.counted == 2);
  read("M:6/8 K:C EDEDEF|BAG");
  CHECK(tune.body == 10 && tune.whole == 6 * UR__TICKS && tune.bars[0].first == 10 && tune.bars[0].end == 17);
  CHECK(tune.bars[1].end == 20 && tune.bars[1].ticks == 3 * UR__TICKS);
  read("M:2/4 K:C \xC3\xBC"
       "C|"); /* a character is one place, whatever its bytes */
  CHECK(tune.notes[0].first == 11 && tune.bars[0].kind == UR__BAR_UNREAD);
}

static void test_notes(void) {
  static const int pitches[] = {66, 67, 68, 66, 65, 78, -1, 73, 59, 86};
  static const int steps[] = {3, 4, 4, 3, 3, 10, 0, 7, -1, 15};
  read("M:4/4 K:D FG^GF=Ffzc|B,d'|"); /* f is sharp by the key still: a natural holds in its own octave */
  for (int i = 0; i < 10 && CHECK(tune.note_count == 10); i++)
    CHECK(tune.notes[i].pitch == pitches[i] && tune.notes[i].step == steps[i]);
  CHECK(tune.notes[8].bar == 1 && tune.notes[8].start == 8 * UR__TICKS &&
        tune.notes[8].end == tune.notes[8].first + 2);
  read("M:2/4 K:C ^FF|F_F=FF|"); /* to the end of the bar */
  static const int held[] = {66, 66, 65, 64, 65, 65};
  for (int i = 0; i < 6 && CHECK(tune.note_count == 6); i++) CHECK(tune.notes[i].pitch == held[i]);
  read("M:2/4 K:C C>DE3/2F/(3CDE");
  static const int ticks[] = {72, 24, 72, 24, 32, 32, 32};
  for (int i = 0; i < 7 && CHECK(tune.note_count == 7); i++) CHECK(tune.notes[i].ticks == ticks[i]);
  static const struct {
    const char *key;
    int sharps;
  } keys[] = {{"C", 0},   {"G", 1},   {"F", -1},  {"Am", 0}, {"Em", 1},
              {"Gm", -2}, {"Bb", -2}, {"F#m", 3}, {"C#", 7}};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    char line[32];
    snprintf(line, sizeof line, "M:2/4 K:%s C", keys[i].key);
    CHECK(read(line)->sharps == keys[i].sharps && tune.has_key);
  }
  CHECK(!read("M:2/4 K:H C")->has_key);
  CHECK(read("M:2/4 K:G#m# C")->has_key);
  char long_line[400] = "M:2/4 K:C ";
  for (int i = 10; i < 399; i++) long_line[i] = i % 2 ? 'C' : '|';
  CHECK(read(long_line)->note_count == UR__TUNE_MAX && tune.bar_count <= UR__TUNE_MAX);
}

/* Every line of the shipped text: each bar is full, and no note hangs on an accidental before it. */
static void test_shipped(void) {
  ur__lines l = {.text = ur__text_find("tunes")};
  int titles = 0, strains = 0;
  while (ur__lines_next(&l)) {
    const char *line = (const char *)l.line.data;
    if (line[0] == 'T' && line[1] == ':') {
      titles++;
      continue;
    }
    strains++;
    ur__tune_read(line, l.line.size, &tune);
    for (int i = 0; i < tune.bar_count; i++) {
      const int pickup = i == 0 && tune.bars[i].kind == UR__BAR_PICKUP;
      if (!CHECK(pickup || tune.bars[i].kind == UR__BAR_FULL))
        printf("       line %d bar %d\n", l.number, i + 1);
    }
    CHECK(tune.has_key && tune.bar_count >= 2 && tune.bars[tune.bar_count - 1].end == (int)l.line.size);
    for (int i = 0; i < tune.note_count; i++) {
      const ur__note *a = &tune.notes[i];
      if (strchr("^_=", line[a->first]) == NULL) continue;
      for (int k = 0; k < tune.note_count; k++) {
        const ur__note *b = &tune.notes[k];
        const int letter = b->pitch >= 0 && (a->step - b->step) % 7 == 0 && b->bar == a->bar && k > i;
        CHECK(!letter || strchr("^_=", line[b->first]) != NULL);
      }
    }
  }
  CHECK(titles == 82 && strains == 810);
}

static void test_sides(void) {
  ur_settings settings;
  ur_trainer *trainer;
  CHECK(ur_settings_init(&settings, "ngram_lm", "abc") == UR_OK);
  for (settings.seed = 1; settings.seed <= 3; settings.seed++) {
    if (!CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK)) return;
    const ur__batches *batches = &trainer->batches;
    const int32_t *tunes = trainer->corpus.tunes;
    CHECK(trainer->corpus.sequences == 810 && tunes[0] == 0 && tunes[809] == 81);
    CHECK(batches->sides.validation > 40 &&
          batches->sides.train_distinct + batches->sides.validation_distinct == 82);
    for (uint32_t i = batches->sides.train; i < 810; i++)
      for (uint32_t k = 0; k < batches->sides.train; k++)
        CHECK(tunes[batches->order[i]] != tunes[batches->order[k]]);
    ur_trainer_free(trainer);
  }
  ur__corpus corpus;
  const char text[] = "ab\nba\nT:one\nabb\n\nT: two \nbb\nbba\n";
  CHECK(ur__corpus_read_tunes((ur_bytes){(const uint8_t *)text, sizeof text - 1}, NULL, &corpus) == UR_OK);
  static const int32_t expected[] = {0, 1, 2, 3, 3}; /* what has no title is a tune of its own */
  CHECK(corpus.sequences == 5 && corpus.vocabulary_size == 4 &&
        memcmp(corpus.tunes, expected, sizeof expected) == 0);
  ur__corpus_free(&corpus);
  const char wrong[] = "T:one\nab\nT:two\nab\x01\n";
  CHECK(ur__corpus_read_tunes((ur_bytes){(const uint8_t *)wrong, sizeof wrong - 1}, NULL, &corpus) ==
        UR_E_TEXT);
  CHECK(strstr(ur_last_error()->message, "line 4") != NULL && corpus.tokens == NULL);
}

/* Counted over what the samples say, one by one. */
static void test_sampled(void) {
  const ur_sampling plain = {.temperature = 1, .top_p = 1};
  ur_settings settings;
  ur_trainer *trainer;
  ur_step_report report;
  ur_bars bars;
  ur_buffer text = {0};
  int full = 0, counted = 0, headed = 0;
  CHECK(ur_settings_init(&settings, "ngram_lm", "abc") == UR_OK);
  if (!CHECK(ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK)) return;
  CHECK(ur_trainer_step(trainer, &report) == UR_OK);
  CHECK(ur_bars_sampled(trainer, &plain, 5, 20, &bars) == UR_OK && bars.tunes == 20);
  for (uint64_t i = 5; i < 25; i++) {
    text.size = 0;
    CHECK(ur_trainer_sample(trainer, &plain, i, "", &text) == UR_OK);
    ur__tune_read((const char *)text.data, text.size, &tune);
    full += ur__tune_count(&tune).full;
    counted += ur__tune_count(&tune).counted;
    headed += tune.whole > 0 && tune.has_key;
  }
  CHECK(bars.full == full && bars.counted == counted && bars.headed == headed && full < counted &&
        headed > 0);
  ur_buffer_free(&text);
  ur_trainer_free(trainer);
}

int main(void) {
  TEST("bars") { test_bars(); }
  TEST("notes") { test_notes(); }
  TEST("the tunes that are shipped") { test_shipped(); }
  TEST("a tune is on one side") { test_sides(); }
  TEST("bars of what is written") { test_sampled(); }
  return check_done();
}
