/*
 * redact.h: what must not leave the house. Texts for lists without numbers that are a person's, and
 * a copy of a registry without personal data. docs/decisions/0042-decisions.md says what is kept.
 */
#ifndef NOI_CUTOVER_REDACT_H
#define NOI_CUTOVER_REDACT_H

#include "registry/registry.h"

/* Appends the text with every run of nine digits or more (single spaces, dots and hyphens between
 * count as part of it: telephone numbers, person ids) as "[…]". */
void noi_redact_numbers(noi_buf *out, noi_str text);

#endif
