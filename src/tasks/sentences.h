/* tasks/sentences.h: sentences of a few words, small enough to be worked through by hand. One is read by one
 * or by another: "Zuko made his uncle tea" asks itself, "Zuko made tea | his uncle likes tea" asks the words
 * behind the bar. What is wanted of it is one number of the answer to one of its words. */
#ifndef UNROLL_TASKS_SENTENCES_H
#define UNROLL_TASKS_SENTENCES_H

#include "corpus.h"
#include "tasks.h"

enum { UR__SENTENCE_WORDS = 12 }; /* different ones in a text, and of a sentence, on either side of its bar */

/* The words of a text, one sentence a line, or of the sentences that come with the task where it has no data;
 * kept and hashed where it is given. longest is that of the longest side. UR_E_TEXT says which line is wrong
 * and what to do; UR_E_MEMORY. asked: the word, from 1, whose answer is asked for; the last where a sentence
 * has fewer. */
ur_status ur__sentences_read(ur_bytes text, int asked, ur__corpus *out);
/* batch->count sentences from number `first` on, each side as long as there is room. */
void ur__sentences_fill(const ur__corpus *corpus, uint64_t first, ur__batch *batch);
/* One line as a batch of one: words before the bar into "x", behind it, or the same again, into "keys", the
 * word that is asked about into "y". UR_E_TEXT. */
ur_status ur__sentence_read(const ur__corpus *corpus, const char *text, ur__batch *batch);
/* As text, appended. */
void ur__sentence_print(const ur__corpus *corpus, const ur__batch *batch, int b, ur_buffer *out);

#endif
