/* Tunes in ABC, a strain a line, read: how long each bar is beside what its metre asks, and each note with
 * its place in the line, on the staff and in time (tasks/bars.h). A length is in eighths. */
#include "bars.h"

#include <string.h>

#include "alloc.h"
#include "lines.h"
#include "studies.h"

enum { LINES_MAX = 64 };
enum { TEXT };
static const ur__study_input inputs[] = {
    [TEXT] = {"tunes", UR__TEXT, "M:6/8 K:G G2GA2A|BdBG2D|G2GA2A|B3G3|]", "strains in ABC, one a line"},
    {.name = NULL}};

typedef struct state {
  ur__tune *tunes; /* [lines] */
  ur_bytes lines[LINES_MAX];
  int count, notes, bars;
  double *whole, *sharps, *body, *headed, *counted, *full;                /* [line] */
  double *bar_line, *bar_first, *bar_end, *bar_length, *kind;             /* [bar] */
  double *line, *first, *last, *pitch, *step, *start, *length, *note_bar; /* [note] */
} state;

static ur_status read_lines(ur_study *study, state *s) {
  const char *text = ur__study_text(study, TEXT);
  ur__lines l = {.text = {(const uint8_t *)text, strlen(text)}};
  while (ur__lines_next(&l)) {
    if (s->count == LINES_MAX)
      return ur_fail(UR_E_TEXT, "tunes", "there are more than %d lines; give fewer at once", LINES_MAX);
    s->lines[s->count++] = l.line;
  }
  if (s->count == 0) return ur_fail(UR_E_TEXT, "tunes", "there is no line; give a strain in ABC");
  s->tunes = ur__alloc_array((size_t)s->count, sizeof *s->tunes);
  if (s->tunes == NULL) return ur_fail(UR_E_MEMORY, "tunes", "there is no memory left to read tunes");
  for (int i = 0; i < s->count; i++) {
    ur__tune_read((const char *)s->lines[i].data, s->lines[i].size, &s->tunes[i]);
    s->notes += s->tunes[i].note_count;
    s->bars += s->tunes[i].bar_count;
  }
  return UR_OK;
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  ur_status status = read_lines(study, s);
  if (status != UR_OK) return status;
  /* an axis has a place at least: without bars or notes it is one of NaN */
  const int tune = ur__study_axis(study, "tune", s->count, NULL),
            bar = ur__study_axis(study, "bar", s->bars > 0 ? s->bars : 1, NULL),
            note = ur__study_axis(study, "note", s->notes > 0 ? s->notes : 1, NULL);
  s->whole = ur__study_array(study, "whole", "eighths", 1, &tune);
  s->sharps = ur__study_array(study, "sharps", "", 1, &tune);
  s->body = ur__study_array(study, "body", "characters", 1, &tune);
  s->headed = ur__study_array(study, "headed", "", 1, &tune);
  s->counted = ur__study_array(study, "counted", "bars", 1, &tune);
  s->full = ur__study_array(study, "full", "bars", 1, &tune);
  s->bar_line = ur__study_array(study, "bar_tune", "", 1, &bar);
  s->bar_first = ur__study_array(study, "bar_first", "characters", 1, &bar);
  s->bar_end = ur__study_array(study, "bar_end", "characters", 1, &bar);
  s->bar_length = ur__study_array(study, "bar_length", "eighths", 1, &bar);
  s->kind = ur__study_array(study, "bar_kind", "", 1, &bar);
  s->line = ur__study_array(study, "note_tune", "", 1, &note);
  s->note_bar = ur__study_array(study, "note_bar", "", 1, &note);
  s->first = ur__study_array(study, "note_first", "characters", 1, &note);
  s->last = ur__study_array(study, "note_end", "characters", 1, &note);
  s->pitch = ur__study_array(study, "pitch", "semitones", 1, &note);
  s->step = ur__study_array(study, "step", "", 1, &note);
  s->start = ur__study_array(study, "start", "eighths", 1, &note);
  s->length = ur__study_array(study, "length", "eighths", 1, &note);
  s->bars = s->notes = 0; /* of the tunes that are done */
  return ur__study_declared(study, s->count);
}

/* One tune. */
static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  const ur__tune *tune = &s->tunes[i];
  const ur__bar_count count = ur__tune_count(tune);
  const int before = s->bars;
  (void)study;
  s->whole[i] = (double)tune->whole / UR__TICKS;
  s->sharps[i] = tune->sharps;
  s->body[i] = tune->body;
  s->headed[i] = tune->whole > 0 && tune->has_key;
  s->counted[i] = count.counted;
  s->full[i] = count.full;
  for (const ur__bar *bar = tune->bars; bar < tune->bars + tune->bar_count; bar++, s->bars++) {
    s->bar_line[s->bars] = i;
    s->bar_first[s->bars] = bar->first;
    s->bar_end[s->bars] = bar->end;
    s->bar_length[s->bars] = (double)bar->ticks / UR__TICKS;
    s->kind[s->bars] = bar->kind;
  }
  for (const ur__note *note = tune->notes; note < tune->notes + tune->note_count; note++, s->notes++) {
    s->line[s->notes] = i;
    s->note_bar[s->notes] = before + note->bar;
    s->first[s->notes] = note->first;
    s->last[s->notes] = note->end;
    if (note->pitch != UR__NOTE_REST) s->pitch[s->notes] = note->pitch, s->step[s->notes] = note->step;
    s->start[s->notes] = (double)note->start / UR__TICKS;
    s->length[s->notes] = (double)note->ticks / UR__TICKS;
  }
  return UR_OK;
}

static void end(void *from) {
  state *s = from;
  ur__free(s->tunes);
}

const ur__study ur__study_bars = {.name = "bars",
                                  .help = "tunes in ABC: how long each bar is, and every note",
                                  .inputs = inputs,
                                  .state = sizeof(state),
                                  .begin = begin,
                                  .piece = piece,
                                  .end = end};
