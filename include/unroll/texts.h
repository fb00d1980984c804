/* unroll/texts.h: the texts that come with tasks. They are part of the core, but where a host leaves them out
 * and brings those that are wanted. */
#ifndef UNROLL_TEXTS_H
#define UNROLL_TEXTS_H

#include "unroll/settings.h"

/* The name of the text that comes with the task of these settings, "phrases-en-sw" for
 * models/corpora/phrases-en-sw.txt, into out[size]; "" where one has to be given, or examples are made. */
void ur_text_name(const ur_settings *settings, char *out, size_t size);
/* Takes the place of the core's own; copied, for all runs from now on. UR_E_NAME, UR_E_MEMORY. */
ur_status ur_text_bring(const char *name, ur_bytes text);

#endif
