/* tasks/bars.h: a strain of a tune in ABC on one line, as the task abc has it, read: its notes, and how much
 * time each of its bars holds.
 *
 *   M:6/8 K:G G2GA2A|BdBG3|e3A2c|B3G3|]
 *
 * M: is what a bar should hold, K: the key, a note without a number an eighth (L:1/8). Read are notes and
 * rests with accidental, octave and length (n, /n, n/m), > and <, triplets, bar lines and spaces; whatever
 * else there is makes its bar unread. An accidental holds to the end of its bar, in its own octave.
 * The ABC music standard 2.1, https://abcnotation.com/wiki/abc:standard:v2.1. */
#ifndef UNROLL_TASKS_BARS_H
#define UNROLL_TASKS_BARS_H

#include <stddef.h>

#define UR__TICKS     48  /* of an eighth: triplets and 64ths are whole numbers of them */
#define UR__TUNE_MAX  128 /* notes, and bars; what is beyond is not read */
#define UR__NOTE_REST (-1)

typedef enum ur__bar_kind {
  UR__BAR_FULL, /* what M: says; in the last bar less by what the first had as a pick-up */
  UR__BAR_SHORT,
  UR__BAR_LONG,
  UR__BAR_PICKUP, /* the first, shorter than a bar: no mistake, and not counted */
  UR__BAR_OPEN,   /* no bar line has come yet: not counted */
  UR__BAR_UNREAD, /* something in it is no note, or no M: says what it should hold */
  UR__BAR_KINDS
} ur__bar_kind;

/* first, end: characters of the line, from 0. */
typedef struct ur__bar {
  int first, end, ticks;
  ur__bar_kind kind;
} ur__bar;
typedef struct ur__note {
  int first, end;   /* without the > or < behind it */
  int pitch;        /* in semitones, 60: middle C (as MIDI counts); or UR__NOTE_REST */
  int step;         /* of the staff, 0: middle C; of a rest 0 */
  int start, ticks; /* from the beginning of the tune */
  int bar;
} ur__note;

typedef struct ur__tune {
  int whole;   /* ticks that a bar should hold; 0: no M: says it */
  int sharps;  /* of the key, -7..7; flats are less than 0 */
  int has_key; /* does a K: say it? */
  int body;    /* the first character after the header */
  int note_count, bar_count;
  ur__note notes[UR__TUNE_MAX];
  ur__bar bars[UR__TUNE_MAX];
} ur__tune;

/* Of `size` bytes of UTF-8. Whatever stands there is read as far as it goes; no error. */
void ur__tune_read(const char *line, size_t size, ur__tune *out);

/* How many of its bars are full, and of how many: pick-ups and what is open are left out. */
typedef struct ur__bar_count {
  int full, counted;
} ur__bar_count;
ur__bar_count ur__tune_count(const ur__tune *tune);

#endif
