#include "bars.h"

#include <string.h>

enum { NATURALS = 12 * 11, NOTES_A_TRIPLET = 3, LONGEST = 64 /* eighths of one note */ };
static const char letters[] = "CDEFGAB";
static const signed char semitones[] = {0, 2, 4, 5, 7, 9, 11};
static const signed char fifths[] = {0, 2, 4, -1, 1, 3, 5}; /* sharps of the major key of each letter */
static const signed char sharpened[] = {3, 0, 4, 1,
                                        5, 2, 6}; /* letters in the order of sharps: F C G D A E B */

typedef struct reader {
  const char *at, *end;
  int place; /* of *at, in characters */
  ur__tune *out;
  signed char key[7];            /* of each letter: sharp 1, flat -1 */
  signed char carried[NATURALS]; /* in this bar, by natural pitch; 2: none */
  int in_triplet;                /* notes of one that are still to come */
  char broken;                   /* > or < before the next note; 0: none */
  int unread, start;             /* of this bar: something was no note; its first tick */
} reader;

static int next(reader *r) {
  do r->at++;
  while (r->at < r->end && ((unsigned char)*r->at & 0xC0) == 0x80);
  r->place++;
  return 1;
}
static int is(const reader *r, char c) { return r->at < r->end && *r->at == c; }
static int take(reader *r, char c) { return is(r, c) && next(r); }
static int digit(const reader *r) { return r->at < r->end && *r->at >= '0' && *r->at <= '9'; }
static int letter_of(char c) {
  const char *found = c >= 'a' && c <= 'g'   ? strchr(letters, c - 32)
                      : c >= 'A' && c <= 'G' ? strchr(letters, c)
                                             : NULL;
  return found != NULL ? (int)(found - letters) : -1;
}

/* A number, or `none` where there is none; at most 999. */
static int number(reader *r, int none) {
  int n = 0;
  if (!digit(r)) return none;
  for (; digit(r); next(r)) n = n < 100 ? 10 * n + (*r->at - '0') : 999;
  return n;
}

/* ---- header ---- */

static void read_metre(reader *r) {
  const int beats = number(r, 0), of = take(r, '/') ? number(r, 0) : 0;
  if (beats >= 1 && beats <= 32 && of >= 1 && of <= 32 && 8 * UR__TICKS * beats % of == 0)
    r->out->whole = 8 * UR__TICKS * beats / of;
}

static void read_key(reader *r) {
  const int letter = r->at < r->end && *r->at < 'a' ? letter_of(*r->at) : -1;
  if (letter < 0) return;
  next(r);
  int sharps = fifths[letter];
  if (take(r, '#'))
    sharps += 7;
  else if (take(r, 'b'))
    sharps -= 7;
  if (take(r, 'm')) sharps -= 3;
  if (sharps < -7 || sharps > 7) return;
  r->out->sharps = sharps;
  r->out->has_key = 1;
  for (int i = 0; i < sharps; i++) r->key[(int)sharpened[i]] = 1;
  for (int i = 0; i < -sharps; i++) r->key[(int)sharpened[6 - i]] = -1;
}

/* Fields, each up to a space. */
static void read_header(reader *r) {
  while (r->end - r->at >= 2 && r->at[1] == ':' && *r->at >= 'A' && *r->at <= 'Z') {
    const char field = *r->at;
    next(r), next(r);
    if (field == 'M') read_metre(r);
    if (field == 'K') read_key(r);
    while (r->at < r->end && *r->at != ' ') next(r);
    take(r, ' ');
  }
  r->out->body = r->place;
}

/* ---- notes ---- */

/* An accidental: 2 where there is none. */
static int accidental(reader *r) { return take(r, '^') ? 1 : take(r, '_') ? -1 : take(r, '=') ? 0 : 2; }

/* n, /n, n/m of an eighth, / a half and // a quarter, in ticks; 0 where that is no whole number of them. */
static int length(reader *r) {
  const int times = number(r, 1);
  int by = 1;
  while (take(r, '/')) by *= number(r, 2), by = by > LONGEST ? LONGEST + 1 : by;
  const int ticks = UR__TICKS * times;
  return times < 1 || times > LONGEST || by < 1 || by > LONGEST || ticks % by != 0 ? 0 : ticks / by;
}

/* This note as > or < before it and the triplet around it make it, and the one before it too; 0 where there
 * is no such number of ticks. */
static int timed(reader *r, int ticks) {
  ur__tune *tune = r->out;
  if (r->broken != 0) {
    ur__note *before = &tune->notes[tune->note_count - 1];
    const int longer = r->broken == '>';
    if (ticks % 2 != 0 || before->ticks % 2 != 0) return 0;
    before->ticks = longer ? before->ticks / 2 * 3 : before->ticks / 2;
    ticks = longer ? ticks / 2 : ticks / 2 * 3;
    r->broken = 0;
  }
  if (r->in_triplet == 0) return ticks;
  r->in_triplet--;
  return ticks % 3 == 0 ? ticks / 3 * 2 : 0;
}

/* A note or a rest; 0 where what stands here is none. */
static int read_note(reader *r) {
  ur__tune *tune = r->out;
  ur__note note = {.first = r->place, .bar = tune->bar_count};
  const int sign = accidental(r), rest = is(r, 'z') && sign == 2;
  const int letter = r->at < r->end ? letter_of(*r->at) : -1;
  if ((letter < 0 && !rest) || tune->note_count == UR__TUNE_MAX) return 0;
  int octave = !rest && *r->at >= 'a';
  next(r);
  for (; !rest && (is(r, ',') || is(r, '\'')); next(r)) octave += is(r, ',') ? -1 : 1;
  const int natural = rest ? 0 : 60 + 12 * octave + semitones[letter];
  if (natural < 0 || natural >= NATURALS - 1) return 0;
  if (sign != 2) r->carried[natural] = (signed char)sign;
  note.pitch =
      rest ? UR__NOTE_REST : natural + (r->carried[natural] != 2 ? r->carried[natural] : r->key[letter]);
  note.step = rest ? 0 : 7 * octave + letter;
  note.ticks = length(r);
  note.end = r->place;
  note.ticks = note.ticks > 0 ? timed(r, note.ticks) : 0;
  if (note.ticks > 0) tune->notes[tune->note_count++] = note;
  return note.ticks > 0;
}

/* ---- bars ---- */

static void place_notes(reader *r, int from) {
  for (ur__note *note = r->out->notes + from; note < r->out->notes + r->out->note_count; note++) {
    note->start = r->start;
    r->start += note->ticks;
  }
}

static ur__bar_kind kind_of(const ur__tune *tune, int ticks, int unread, int closed) {
  if (unread || tune->whole == 0) return UR__BAR_UNREAD;
  if (ticks > tune->whole) return UR__BAR_LONG;
  if (!closed) return UR__BAR_OPEN;
  if (ticks == tune->whole) return UR__BAR_FULL;
  return tune->bar_count == 0 && ticks > 0 ? UR__BAR_PICKUP : UR__BAR_SHORT;
}

/* The double line at the end: the bar before it may lack what the pick-up had. */
static void end_tune(ur__tune *tune) {
  ur__bar *last = &tune->bars[tune->bar_count - 1];
  if (tune->bar_count > 1 && tune->bars[0].kind == UR__BAR_PICKUP && last->kind == UR__BAR_SHORT &&
      last->ticks + tune->bars[0].ticks == tune->whole)
    last->kind = UR__BAR_FULL;
}

static void end_bar(reader *r, ur__bar *bar, int from, int closed) {
  ur__tune *tune = r->out;
  const int begins = r->start;
  place_notes(r, from);
  bar->ticks = r->start - begins;
  bar->end = r->place;
  bar->kind = kind_of(tune, bar->ticks, r->unread || r->broken != 0 || r->in_triplet > 0, closed);
  tune->bars[tune->bar_count++] = *bar;
  memset(r->carried, 2, sizeof r->carried);
  r->unread = r->broken = r->in_triplet = 0;
}

/* What is neither note nor bar line; 0 where it means nothing here. */
static int read_sign(reader *r, int notes_of_bar) {
  if (take(r, ' ')) return 1;
  if ((is(r, '>') || is(r, '<')) && notes_of_bar > 0 && r->broken == 0) {
    r->broken = *r->at;
    return next(r);
  }
  if (r->end - r->at >= 2 && r->at[0] == '(' && r->at[1] == '3' && r->in_triplet == 0) {
    r->in_triplet = NOTES_A_TRIPLET;
    return next(r) && next(r);
  }
  return 0;
}

/* Up to the next bar line and with it; 0 at the end of the line. */
static int read_bar(reader *r) {
  ur__tune *tune = r->out;
  ur__bar bar = {.first = r->place};
  const int from = tune->note_count;
  while (r->at < r->end && !is(r, '|')) {
    const char *before = r->at;
    if (read_sign(r, tune->note_count - from) || read_note(r)) continue;
    r->unread = 1;
    if (r->at == before) next(r);
  }
  const int closed = take(r, '|'), empty = tune->note_count == from && !r->unread;
  if (empty && (!closed || tune->bar_count == 0)) return closed; /* nothing, or a line before all notes */
  while (closed && (is(r, '|') || is(r, ']')) && r->at[-1] != ']') next(r);
  end_bar(r, &bar, from, closed);
  if (closed && r->at[-1] == ']') end_tune(tune);
  return closed;
}

void ur__tune_read(const char *line, size_t size, ur__tune *out) {
  reader r = {.at = line, .end = line + size, .out = out};
  *out = (ur__tune){0};
  memset(r.carried, 2, sizeof r.carried);
  read_header(&r);
  while (r.at < r.end && out->bar_count < UR__TUNE_MAX && read_bar(&r)) {}
}

ur__bar_count ur__tune_count(const ur__tune *tune) {
  ur__bar_count count = {0};
  for (int i = 0; i < tune->bar_count; i++) {
    count.full += tune->bars[i].kind == UR__BAR_FULL;
    count.counted += tune->bars[i].kind != UR__BAR_PICKUP && tune->bars[i].kind != UR__BAR_OPEN;
  }
  return count;
}
