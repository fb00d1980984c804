/* tasks/tasks.h: the table of tasks. A task is a name, the text that comes with it or the way in which its
 * examples are made, the arrays that it gives, and its settings. */
#ifndef UNROLL_TASKS_TASKS_H
#define UNROLL_TASKS_TASKS_H

#include "pairs.h"
#include "unroll/settings.h"

#define UR__FEATURES 2 /* numbers of a step: of adding one and whether it is marked, of ball where it is */

typedef enum ur__task_kind {
  UR__LINES,    /* a text, one sequence a line: guess the next token */
  UR__PIECES,   /* a text, cut into sequences of equal length that do not end */
  UR__TUNES,    /* a text, one strain of a tune a line; those of one tune are never on both sides */
  UR__PAIRED,   /* a text of pairs (pairs.h): a source, and what is written for it */
  UR__REMEMBER, /* examples.h: one answer a sequence, a token */
  UR__ADDING,   /* examples.h: one answer a sequence, a number */
  UR__REVERSED, /* examples.h: a source and what is written for it, the same from the end */
  UR__SORTED,   /* the same, in ascending order */
  UR__ORDER,    /* placed.h: one answer a sequence, a token that depends on where others stand */
  UR__BEFORE,
  UR__SENTENCE, /* sentences.h: one number of what is said to one of its words */
  UR__BALL,     /* throws.h: numbers at each step, and the numbers that come next */
  UR__PROTEIN,  /* others.h: one answer a sequence, in numbers */
  UR__DIGIT,
  UR__DAYS,
  UR__SENTIMENT, /* sentiment.h: a chance for a sentence, of its words, of a bag of them, or by place */
  UR__SENTIMENT_BAG,
  UR__SENTIMENT_BY_PLACE,
  UR__CAPTION, /* pictures.h: a picture in patches, and what is written for it */
  UR__RELATION,
  UR__CURVE, /* points.h: from here on, numbers for numbers */
  UR__CIRCLES,
  UR__XOR,
  UR__SPIRAL,
  UR__MOONS,
  UR__ARMS,
  UR__MARKS_OF, /* points.h: a class of students, from here on */
  UR__PASS,
  UR__PASSES,
  UR__GRADE
} ur__task_kind;

/* What counts as right. */
typedef enum ur__right {
  UR__RIGHT_NEVER,   /* nothing does: what comes next, or a number */
  UR__RIGHT_TOKEN,   /* an answer that is a token */
  UR__RIGHT_CLASS,   /* numbers from 0 to 1: all on the right side of 1/2, or the largest of several in the
                        right place */
  UR__RIGHT_SEQUENCE /* all that is written for a source, to its end; grouped by the source's length */
} ur__right;

typedef struct ur__task {
  const char *name, *help;
  const ur_setting *settings;
  int setting_count;
  const char
      *text; /* the name of what comes with it (texts.h), or what it begins with; NULL: there is none */
  ur__task_kind kind;
  const ur__array *arrays; /* of a batch; the target is "y" */
  ur__right right;
} ur__task;

extern const ur__task ur__tasks[];
extern const int ur__task_count;
const ur__task *ur__task_find(const char *name); /* NULL where there is none */

/* Does it make its examples? */
static inline int ur__makes_examples(const ur__task *task) { return task->kind >= UR__REMEMBER; }

/* Do they ask where a symbol stands? */
static inline int ur__has_places(const ur__task *task) {
  return task->kind == UR__ORDER || task->kind == UR__BEFORE;
}

/* Are they read from a text of a few sentences? */
static inline int ur__has_sentences(const ur__task *task) { return task->kind == UR__SENTENCE; }

/* Are they numbers step by step, with those that come next? */
static inline int ur__has_throws(const ur__task *task) { return task->kind == UR__BALL; }

/* Are they sequences of other things, with one answer in numbers? */
static inline int ur__has_others(const ur__task *task) {
  return task->kind >= UR__PROTEIN && task->kind <= UR__DAYS;
}

/* Are they sentences that praise or blame? */
static inline int ur__has_sentiment(const ur__task *task) {
  return task->kind >= UR__SENTIMENT && task->kind <= UR__SENTIMENT_BY_PLACE;
}

/* Are they pictures, and words for them? */
static inline int ur__has_pictures(const ur__task *task) {
  return task->kind == UR__CAPTION || task->kind == UR__RELATION;
}

/* Are they points, as many as there are? */
static inline int ur__has_points(const ur__task *task) { return task->kind >= UR__CURVE; }

/* How a text of pairs is read; sentences by words, other tasks by characters. */
ur__pairing ur__task_pairing(const ur__task *task, const double *values);
/* The name of the text that comes with a task of these settings, into out; "" where it has to be given, or is
 * made. */
#define UR__TEXT_NAME 32
void ur__task_text_name(const ur__task *task, const double *values, char out[UR__TEXT_NAME]);
/* That text; none where a host has yet to bring it. */
ur_bytes ur__task_text(const ur__task *task, const double *values);

#define UR__SENTIMENT_WORDS 45 /* of its grammar, signs counted */
#define UR__SENTIMENT_SEEN  5  /* places with inputs of their own, at most */

/* The rows of tasks with a text, of pairs (dates has the first two of them, numbers three), of remember, of
 * adding, of ball, of digits and days, of pictures, of points, of reverse and sort, of order and before (the
 * first two as those), by number.
 */
enum { UR__TASK_VALIDATION_SHARE, UR__TASK_SETTINGS };
enum {
  UR__PAIRED_TOKENS = UR__TASK_SETTINGS,
  UR__PAIRED_LANGUAGE,
  UR__PAIRED_TRANSLATE,
  UR__PAIRED_SETTINGS
};
enum { UR__REMEMBER_DISTANCE, UR__REMEMBER_SYMBOLS, UR__REMEMBER_SETTINGS };
enum { UR__ADDING_LENGTH, UR__ADDING_SETTINGS };
enum {
  UR__BALL_LENGTH,
  UR__BALL_FIRST,
  UR__BALL_NOISE,
  UR__BALL_GRAVITY,
  UR__BALL_BOUNCE,
  UR__BALL_SETTINGS
};
enum { UR__OTHER_NOISE, UR__OTHER_SETTINGS };
enum { UR__SENTIMENT_COUNT, UR__SENTIMENT_PLAIN, UR__SENTIMENT_SETTINGS };
enum { UR__SENTIMENT_PLACES = UR__SENTIMENT_SETTINGS, UR__SENTIMENT_FROM, UR__BY_PLACE_SETTINGS };
enum { UR__PICTURE_NOISE, UR__PICTURE_SETTINGS };
enum { UR__SENTENCE_ASKED, UR__SENTENCE_SETTINGS };
enum { UR__POINTS_COUNT, UR__POINTS_NOISE, UR__POINTS_ORDER, UR__POINTS_SETTINGS };
enum { UR__PAIRS_LENGTH, UR__PAIRS_SYMBOLS, UR__PAIRS_SETTINGS };
enum { UR__PLACED_SHORTEST = UR__PAIRS_SETTINGS, UR__PLACED_APART, UR__PLACED_SETTINGS };

#endif
