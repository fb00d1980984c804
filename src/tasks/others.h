/* tasks/others.h: sequences that are no text, each with one answer in numbers, made from what is known of
 * such things and from a die. Before the first step stands one that says nothing, <start> or zeros: a net
 * that looks around answers there.
 *
 * protein: 24 residues, one letter each, drawn as often as they are in the proteins of Swiss-Prot, with one
 * stretch that water avoids: of UR__PROTEIN_WINDOW in a row those with the largest mean hydropathy (Kyte and
 * Doolittle 1982), at least UR__PROTEIN_BURIED. It begins in the first third of where it can, as a signal
 * peptide does, which is sent out of the cell, or in the last, as an anchor at the tail, which stays in a
 * membrane; the answer is which, of two. Either is as often made of any residue.
 * digits: a digit drawn with strokes, its corners, size, slant, place and width by chance, in
 * UR__DIGIT_SIDE by as many points from 0 to 1; a step is a patch of UR__DIGIT_PATCH by as many, row by row,
 * and the answer which of ten digits.
 * days: what is sold on each of `length` days in hundreds, and the answer the day after. Half of the shops
 * have a week, seven numbers of their own that come again, half have none and drift. */
#ifndef UNROLL_TASKS_OTHERS_H
#define UNROLL_TASKS_OTHERS_H

#include "batch.h"
#include "corpus.h"
#include "tasks.h"
#include "unroll/rng.h"

#define UR__RESIDUES       "ACDEFGHIKLMNPQRSTVWY"
#define UR__PROTEIN_WINDOW 7
#define UR__PROTEIN_BURIED 2.0
#define UR__DIGIT_SIDE     12
#define UR__DIGIT_PATCH    4
enum { UR__PROTEIN_STEPS = 24, UR__DAYS_STEPS = 14 };
enum { UR__DIGIT_POINTS = UR__DIGIT_SIDE * UR__DIGIT_SIDE, UR__DIGIT_STEPS = 9, UR__DIGITS = 10 };

/* Steps of an example, the first that says nothing counted. */
int ur__other_length(const ur__task *task);
/* One as number b of the batch, batch->length steps, and its answer. */
void ur__other_draw(const ur__task *task, const double *values, ur_rng *stream, int b, ur__batch *batch);
/* As text: letters; a digit, then its points from 0 to 9 row by row; the days and the one after, "1.25 0.75".
 */
void ur__other_print(const ur__task *task, const ur__corpus *corpus, const ur__batch *batch, int b,
                     ur_buffer *out);
/* The same into a batch of one with room for `capacity` steps. UR_E_TEXT. */
ur_status ur__other_read(const ur__task *task, const ur__corpus *corpus, const char *text, int capacity,
                         ur__batch *batch);

/* Of residue i of UR__RESIDUES. */
double ur__protein_hydropathy(int i);
/* Where the stretch begins among n residues, from 0; mean: its hydropathy. They are `apart` cells from one to
 * the next. */
int ur__protein_stretch(const int32_t *residues, int n, int apart, double *mean);

#endif
