#include "tasks.h"

#include <stdio.h>
#include <string.h>

#include "corpus.h"
#include "others.h"
#include "pictures.h"
#include "points.h"
#include "sentences.h"
#include "texts.h"

#define ROW_SHARE                                                                                            \
  {                                                                                                          \
    .key = "validation_share", .type = UR_SETTING_REAL, .def = 0.1, .min = 0.01, .max = 0.5,                 \
    .help = "share of the sequences that training never sees"                                                \
  }
#define ROW_TOKENS                                                                                           \
  {                                                                                                          \
    .key = "tokens", .type = UR_SETTING_CHOICE, .choices = "words|characters", .max = 1,                     \
    .help = "what is read and written at a step; words: digits and signs stand alone"                        \
  }
#define ROW_LANGUAGE(of, last, what)                                                                         \
  { .key = "language", .type = UR_SETTING_CHOICE, .choices = (of), .max = (last), .help = what }

static const ur_setting settings[UR__TASK_SETTINGS] = {[UR__TASK_VALIDATION_SHARE] = ROW_SHARE};
static const ur_setting dates[UR__PAIRED_LANGUAGE] = {
    [UR__TASK_VALIDATION_SHARE] = ROW_SHARE, [UR__PAIRED_TOKENS] = ROW_TOKENS};
static const ur_setting numbers[UR__PAIRED_TRANSLATE] = {
    [UR__TASK_VALIDATION_SHARE] = ROW_SHARE,
    [UR__PAIRED_TOKENS] = ROW_TOKENS,
    [UR__PAIRED_LANGUAGE] = ROW_LANGUAGE("en|fr|sw", 2, "English, French or Swahili")};
static const ur_setting phrases[UR__PAIRED_SETTINGS] = {
    [UR__TASK_VALIDATION_SHARE] = ROW_SHARE,
    [UR__PAIRED_TOKENS] = ROW_TOKENS,
    [UR__PAIRED_LANGUAGE] =
        ROW_LANGUAGE("sw|fr|de|es", 3, "the one beside English: Swahili, French, German or Spanish"),
    [UR__PAIRED_TRANSLATE] = {.key = "translate",
                              .type = UR_SETTING_CHOICE,
                              .choices = "from_english|to_english",
                              .max = 1,
                              .help = "which of the two is read"}};

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

static const ur_setting placed[UR__PLACED_SETTINGS] = {
    [UR__PAIRS_LENGTH] = {.key = "length",
                          .def = 16,
                          .min = 2,
                          .max = UR__SEQUENCE_MAX - 1,
                          .help = "symbols of the longest sequence"},
    [UR__PAIRS_SYMBOLS] = {.key = "symbols", .def = 10, .min = 3, .max = 26, .help = "different symbols"},
    [UR__PLACED_SHORTEST] = {.key = "shortest",
                             .def = 4,
                             .min = 2,
                             .max = UR__SEQUENCE_MAX - 1,
                             .help = "symbols of the shortest sequence; at most as many as of the longest"},
    [UR__PLACED_APART] = {.key = "apart",
                          .def = UR__SEQUENCE_MAX - 1,
                          .min = 1,
                          .max = UR__SEQUENCE_MAX - 1,
                          .help = "places from a to b, at most"},
};

static const ur_setting ball[UR__BALL_SETTINGS] = {
    [UR__BALL_LENGTH] = {.key = "length",
                         .def = 30,
                         .min = 2,
                         .max = UR__SEQUENCE_MAX - 1,
                         .help = "frames that are read; one more is to be said"},
    [UR__BALL_FIRST] = {.key = "first_counted",
                        .def = 5,
                        .min = 1,
                        .max = UR__SEQUENCE_MAX - 1,
                        .help = "the first frame whose answer is in the loss"},
    [UR__BALL_NOISE] = {.key = "noise",
                        .type = UR_SETTING_REAL,
                        .def = 0.003,
                        .max = 0.1,
                        .help = "standard deviation of what a place is seen off by, in sides of the box"},
    [UR__BALL_GRAVITY] = {.key = "gravity",
                          .type = UR_SETTING_REAL,
                          .def = 1,
                          .max = 4,
                          .help = "sides of the box per unit of time squared; a frame is 0.05 of one"},
    [UR__BALL_BOUNCE] = {.key = "bounce",
                         .type = UR_SETTING_REAL,
                         .def = 0.95,
                         .max = 1,
                         .help = "share of its speed that it keeps at a wall"},
};

#define ROW_NOISE(spread, what)                                                                              \
  { .key = "noise", .type = UR_SETTING_REAL, .def = (spread), .max = 1, .help = what }
static const ur_setting digits[UR__OTHER_SETTINGS] = {
    [UR__OTHER_NOISE] = ROW_NOISE(0.15, "standard deviation of what each point is off by")};
static const ur_setting days[UR__OTHER_SETTINGS] = {
    [UR__OTHER_NOISE] = ROW_NOISE(0.15, "standard deviation of a day by itself, in hundreds sold")};
static const ur_setting picture[UR__PICTURE_SETTINGS] = {
    [UR__PICTURE_NOISE] =
        ROW_NOISE(0.05, "standard deviation of what a dot's red, green and blue are off by")};

static const ur_setting sentence[UR__SENTENCE_SETTINGS] = {
    [UR__SENTENCE_ASKED] = {.key = "asked_word",
                            .def = 4,
                            .min = 1,
                            .max = UR__SENTENCE_WORDS,
                            .help =
                                "which word's answer is asked for, from 1; the last where there are fewer"}};

#define SENTIMENT                                                                                            \
  [UR__SENTIMENT_COUNT] = {.key = "sentences",                                                               \
                           .def = 2000,                                                                      \
                           .min = 10,                                                                        \
                           .max = 100000,                                                                    \
                           .help = "sentences to train on, again and again"},                                \
  [UR__SENTIMENT_PLAIN] = {.key = "plain_share",                                                             \
                           .type = UR_SETTING_REAL,                                                          \
                           .def = 0.3,                                                                       \
                           .max = 1,                                                                         \
                           .help = "share of them that have no contrast"}
static const ur_setting sentiment[UR__SENTIMENT_SETTINGS] = {SENTIMENT};
static const ur_setting by_place[UR__BY_PLACE_SETTINGS] = {
    SENTIMENT,
    [UR__SENTIMENT_PLACES] = {.key = "places",
                              .def = UR__SENTIMENT_SEEN,
                              .min = 1,
                              .max = UR__SENTIMENT_SEEN,
                              .help = "words that are seen, each at an input of its own"},
    [UR__SENTIMENT_FROM] = {.key = "seen",
                            .type = UR_SETTING_CHOICE,
                            .choices = "first|last",
                            .max = 1,
                            .help = "the first words of a sentence, or its last ones"}};

#define POINTS(count, spread)                                                                                \
  {                                                                                                          \
    [UR__POINTS_COUNT] = {.key = "points",                                                                   \
                          .def = (count),                                                                    \
                          .min = 1,                                                                          \
                          .max = UR__POINTS_MAX,                                                             \
                          .help = "points to train on"},                                                     \
    [UR__POINTS_NOISE] = {.key = "noise",                                                                    \
                          .type = UR_SETTING_REAL,                                                           \
                          .def = (spread),                                                                   \
                          .max = 10,                                                                         \
                          .help = "standard deviation of what moves them"},                                  \
    [UR__POINTS_ORDER] = {.key = "data_order",                                                               \
                          .type = UR_SETTING_CHOICE,                                                         \
                          .choices = "in_turn|shuffled|drawn",                                               \
                          .def = UR__SHUFFLED,                                                               \
                          .max = 2,                                                                          \
                          .help = "which point comes next; drawn: any, one may come twice"},                 \
  }
static const ur_setting curve[UR__POINTS_SETTINGS] = POINTS(10, 0.3);
static const ur_setting plane[UR__POINTS_SETTINGS] = POINTS(200, 0.05);
static const ur_setting students[UR__POINTS_SETTINGS] = POINTS(8, 0.05);

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

static const ur__array ball_arrays[] = {
    {.name = "e", .axes = "TBE", .real = 1, .width = UR__FEATURES, .padding = UR__NO_PADDING},
    {.name = "y", .axes = "TBC", .real = 1, .width = UR__FEATURES, .padding = UR__NO_PADDING},
    {.name = "counted", .axes = "TB", .real = 1, .width = 1, .padding = UR__NO_PADDING},
    {.name = NULL}};

static const ur__array protein_arrays[] = {
    {.name = "x", .axes = "TB", .padding = UR__END},
    {.name = "y", .axes = "BC", .real = 1, .width = 2, .padding = UR__NO_PADDING},
    {.name = NULL}};
static const ur__array digits_arrays[] = {
    {.name = "x",
     .axes = "TBE",
     .real = 1,
     .width = UR__DIGIT_PATCH * UR__DIGIT_PATCH,
     .padding = UR__NO_PADDING},
    {.name = "y", .axes = "BC", .real = 1, .width = UR__DIGITS, .padding = UR__NO_PADDING},
    {.name = NULL}};
static const ur__array days_arrays[] = {
    {.name = "x", .axes = "TBE", .real = 1, .width = 1, .padding = UR__NO_PADDING},
    {.name = "y", .axes = "BC", .real = 1, .width = 1, .padding = UR__NO_PADDING},
    {.name = NULL}};

static const ur__array pair_arrays[] = {{.name = "source", .axes = "SB", .padding = UR__END},
                                        {.name = "x", .axes = "TB", .padding = UR__END},
                                        {.name = "y", .axes = "TB", .padding = -1},
                                        {.name = NULL}};

static const ur__array picture_arrays[] = {
    {.name = "source", .axes = "SBE", .real = 1, .width = UR__PATCH_NUMBERS, .padding = UR__NO_PADDING},
    {.name = "x", .axes = "TB", .padding = UR__END},
    {.name = "y", .axes = "TB", .padding = -1},
    {.name = NULL}};

static const ur__array placed_arrays[] = {{.name = "x", .axes = "TB", .padding = UR__END},
                                          {.name = "y", .axes = "B", .padding = UR__NO_PADDING},
                                          {.name = NULL}};

static const ur__array sentence_arrays[] = {{.name = "x", .axes = "TB", .padding = UR__END},
                                            {.name = "keys", .axes = "SB", .padding = UR__END},
                                            {.name = "y", .axes = "B", .padding = UR__NO_PADDING, .place = 1},
                                            {.name = NULL}};

static const ur__array sentiment_arrays[] = {
    {.name = "x", .axes = "TB", .padding = UR__END},
    {.name = "y", .axes = "BC", .real = 1, .width = 1, .padding = UR__NO_PADDING},
    {.name = NULL}};
#define SENTIMENT_SEEN(cells)                                                                                \
  {                                                                                                          \
    {.name = "x", .axes = "BF", .real = 1, .width = (cells), .padding = UR__NO_PADDING},                     \
        {.name = "y", .axes = "BC", .real = 1, .width = 1, .padding = UR__NO_PADDING}, {                     \
      .name = NULL                                                                                           \
    }                                                                                                        \
  }
static const ur__array bag_arrays[] = SENTIMENT_SEEN(UR__SENTIMENT_WORDS);
static const ur__array by_place_arrays[] = SENTIMENT_SEEN(UR__SENTIMENT_SEEN * UR__SENTIMENT_WORDS);

/* What is read, and what should be said: in the order of a line of text. */
static const ur__array curve_arrays[] = {
    {.name = "x", .axes = "BF", .real = 1, .width = 1, .padding = UR__NO_PADDING},
    {.name = "y", .axes = "BC", .real = 1, .width = 1, .padding = UR__NO_PADDING},
    {.name = NULL}};
static const ur__array plane_arrays[] = {
    {.name = "x", .axes = "BF", .real = 1, .width = 2, .padding = UR__NO_PADDING},
    {.name = "y", .axes = "BC", .real = 1, .width = 1, .padding = UR__NO_PADDING},
    {.name = NULL}};
static const ur__array arms_arrays[] = {
    {.name = "x", .axes = "BF", .real = 1, .width = 2, .padding = UR__NO_PADDING},
    {.name = "y", .axes = "BC", .real = 1, .width = 3, .padding = UR__NO_PADDING},
    {.name = NULL}};

static const ur__array two_arrays[] = {
    {.name = "x", .axes = "BF", .real = 1, .width = 2, .padding = UR__NO_PADDING},
    {.name = "y", .axes = "BC", .real = 1, .width = 2, .padding = UR__NO_PADDING},
    {.name = NULL}};

const ur__task ur__tasks[] = {
    {"names", "8,000 first names, letter by letter", settings, UR__TASK_SETTINGS, "names", UR__LINES,
     text_arrays, UR__RIGHT_NEVER},
    {"prose", "the first 16 chapters of Moby-Dick, in pieces of 64 letters, or a text of your own", settings,
     UR__TASK_SETTINGS, "moby-dick", UR__PIECES, text_arrays, UR__RIGHT_NEVER},
    {"lines", "a text of your own, one sequence a line", settings, UR__TASK_SETTINGS, NULL, UR__LINES,
     text_arrays, UR__RIGHT_NEVER},
    {"abc", "82 tunes from before 1900 in ABC, strain by strain, character by character", settings,
     UR__TASK_SETTINGS, "tunes", UR__TUNES, text_arrays, UR__RIGHT_NEVER},
    {"remember", "which symbol came first?", remember, UR__REMEMBER_SETTINGS, NULL, UR__REMEMBER,
     remember_arrays, UR__RIGHT_TOKEN},
    {"adding", "the sum of the two marked numbers", adding, UR__ADDING_SETTINGS, NULL, UR__ADDING,
     adding_arrays, UR__RIGHT_NEVER},
    {"reverse", "the same symbols from the end", pairs, UR__PAIRS_SETTINGS, NULL, UR__REVERSED, pair_arrays,
     UR__RIGHT_SEQUENCE},
    {"sort", "the same symbols in ascending order", pairs, UR__PAIRS_SETTINGS, NULL, UR__SORTED, pair_arrays,
     UR__RIGHT_SEQUENCE},
    {"dates", "a date as six languages write it, to year-month-day", dates, UR__PAIRED_LANGUAGE, "dates",
     UR__PAIRED, pair_arrays, UR__RIGHT_SEQUENCE},
    {"numbers", "a number in words, to digits", numbers, UR__PAIRED_TRANSLATE, "numbers-", UR__PAIRED,
     pair_arrays, UR__RIGHT_SEQUENCE},
    {"phrases", "how long ago, in how long, how much: from one language to another", phrases,
     UR__PAIRED_SETTINGS, "phrases-en-", UR__PAIRED, pair_arrays, UR__RIGHT_SEQUENCE},
    {"sentence", "a few words that look at one another, or at others behind a bar; or sentences of your own",
     sentence, UR__SENTENCE_SETTINGS, NULL, UR__SENTENCE, sentence_arrays, UR__RIGHT_NEVER},
    {"order", "a and b once each among others: which came first?", placed, UR__PLACED_SETTINGS, NULL,
     UR__ORDER, placed_arrays, UR__RIGHT_TOKEN},
    {"before", "a once among others: which symbol stands before it?", placed, UR__PLACED_SETTINGS, NULL,
     UR__BEFORE, placed_arrays, UR__RIGHT_TOKEN},
    {"ball", "where a ball that is thrown in a box is a frame later", ball, UR__BALL_SETTINGS, NULL, UR__BALL,
     ball_arrays, UR__RIGHT_NEVER},
    {"protein", "constructed proteins: would seven residues in a row be buried in one?", NULL, 0, NULL,
     UR__PROTEIN, protein_arrays, UR__RIGHT_CLASS},
    {"digits", "constructed pictures, patch by patch: which digit?", digits, UR__OTHER_SETTINGS, NULL,
     UR__DIGIT, digits_arrays, UR__RIGHT_CLASS},
    {"days", "constructed shops: what is sold on the day after?", days, UR__OTHER_SETTINGS, NULL, UR__DAYS,
     days_arrays, UR__RIGHT_NEVER},
    {"sentiment", "does a sentence praise or blame? constructed, with contrasts; word by word", sentiment,
     UR__SENTIMENT_SETTINGS, NULL, UR__SENTIMENT, sentiment_arrays, UR__RIGHT_CLASS},
    {"sentiment_bag", "the same of how often each word stands in it", sentiment, UR__SENTIMENT_SETTINGS, NULL,
     UR__SENTIMENT_BAG, bag_arrays, UR__RIGHT_CLASS},
    {"sentiment_places", "the same of a few words, each place by itself", by_place, UR__BY_PLACE_SETTINGS,
     NULL, UR__SENTIMENT_BY_PLACE, by_place_arrays, UR__RIGHT_CLASS},
    {"caption", "drawn pictures in nine patches: which two things are in it?", picture, UR__PICTURE_SETTINGS,
     NULL, UR__CAPTION, picture_arrays, UR__RIGHT_SEQUENCE},
    {"relation", "the same pictures: which thing is left of which, or above?", picture, UR__PICTURE_SETTINGS,
     NULL, UR__RELATION, picture_arrays, UR__RIGHT_SEQUENCE},
    {"curve", "a curve through points, made from a sine, or your own", curve, UR__POINTS_SETTINGS, NULL,
     UR__CURVE, curve_arrays, UR__RIGHT_NEVER},
    {"circles", "which of two circles, one in the other, or points of your own", plane, UR__POINTS_SETTINGS,
     NULL, UR__CIRCLES, plane_arrays, UR__RIGHT_CLASS},
    {"xor", "do the signs differ? or points of your own", plane, UR__POINTS_SETTINGS, NULL, UR__XOR,
     plane_arrays, UR__RIGHT_CLASS},
    {"spiral", "which of two arms of a spiral, or points of your own", plane, UR__POINTS_SETTINGS, NULL,
     UR__SPIRAL, plane_arrays, UR__RIGHT_CLASS},
    {"moons", "which of two halves that reach into one another, or points of your own", plane,
     UR__POINTS_SETTINGS, NULL, UR__MOONS, plane_arrays, UR__RIGHT_CLASS},
    {"arms", "which of three arms of a spiral, or points of your own", plane, UR__POINTS_SETTINGS, NULL,
     UR__ARMS, arms_arrays, UR__RIGHT_CLASS},
    {"marks",
     "a constructed class: hours and lectures to the written and the oral mark, or points of your own",
     students, UR__POINTS_SETTINGS, NULL, UR__MARKS_OF, two_arrays, UR__RIGHT_NEVER},
    {"pass", "a constructed class: will I pass? or points of your own", students, UR__POINTS_SETTINGS, NULL,
     UR__PASS, plane_arrays, UR__RIGHT_CLASS},
    {"passes", "a constructed class: will I pass? with distinction? or points of your own", students,
     UR__POINTS_SETTINGS, NULL, UR__PASSES, two_arrays, UR__RIGHT_CLASS},
    {"grade", "a constructed class: failed, passed or with distinction? or points of your own", students,
     UR__POINTS_SETTINGS, NULL, UR__GRADE, arms_arrays, UR__RIGHT_CLASS},
};
const int ur__task_count = sizeof ur__tasks / sizeof *ur__tasks;

const ur__task *ur__task_find(const char *name) {
  for (int i = 0; i < ur__task_count; i++) {
    if (strcmp(ur__tasks[i].name, name) == 0) return &ur__tasks[i];
  }
  return NULL;
}

ur__pairing ur__task_pairing(const ur__task *task, const double *values) {
  if (task->kind != UR__PAIRED)
    return (ur__pairing){.words =
                             ur__has_sentences(task) || ur__has_sentiment(task) || ur__has_pictures(task)};
  return (ur__pairing){.words = values[UR__PAIRED_TOKENS] == 0,
                       .back =
                           task->setting_count > UR__PAIRED_TRANSLATE && values[UR__PAIRED_TRANSLATE] == 1};
}

void ur__task_text_name(const ur__task *task, const double *values, char out[UR__TEXT_NAME]) {
  const char *choice = "";
  out[0] = '\0';
  if (task->text == NULL) return;
  if (task->kind == UR__PAIRED && task->setting_count > UR__PAIRED_LANGUAGE) {
    choice = task->settings[UR__PAIRED_LANGUAGE].choices;
    for (int i = 0; i < (int)values[UR__PAIRED_LANGUAGE]; i++) choice += strcspn(choice, "|") + 1;
  }
  snprintf(out, UR__TEXT_NAME, "%s%.*s", task->text, (int)strcspn(choice, "|"), choice);
}

ur_bytes ur__task_text(const ur__task *task, const double *values) {
  char name[UR__TEXT_NAME];
  ur__task_text_name(task, values, name);
  return ur__text_find(name);
}
