/* study/describe.h: parts of what there is, as JSON. */
#ifndef UNROLL_STUDY_DESCRIBE_H
#define UNROLL_STUDY_DESCRIBE_H

#include "unroll/train.h"

void ur__describe_text(ur_buffer *out, const char *text); /* quoted and escaped */
/* "key":"text" with the comma that belongs before it. */
void ur__describe_field(ur_buffer *out, const char *key, const char *text);
/* ,"key":[settings] */
void ur__describe_settings(ur_buffer *out, const char *key, const ur_setting *rows, int count);
/* As ur_describe_runs, without its braces. */
void ur__describe_runs(ur_buffer *out);

#endif
