/*
 * redact.h: what must not leave the house. Texts for lists without numbers that are a person's, and
 * a copy of a registry without personal data. docs/decisions/0042-decisions.md says what is kept.
 */
#ifndef NOI_CUTOVER_REDACT_H
#define NOI_CUTOVER_REDACT_H

#include "base/secret.h"
#include "registry/registry.h"

/* Appends the text with every run of nine digits or more (single spaces, dots and hyphens between
 * count as part of it: telephone numbers, person ids) as "[…]". */
void noi_redact_numbers(noi_buf *out, noi_str text);

typedef struct noi_redaction {
    int64_t pseudonyms; /* cells that hold one */
} noi_redaction;

/*
 * Writes a copy of the registry at `path` to a new file `copy`, readable by its owner alone, without
 * personal data: keys, sheets, files and people are pseudonyms by the secret; texts of addresses are the
 * old ward that was read, points about 1 km; raw bytes, reasons, evidence, file names of records,
 * officers, aliases and rejects are gone. Units, layers, verdicts and counts stay. The copy appears
 * whole or not at all, and holds no free pages. NOI_ERR_CONFLICT when `copy` is there; NOI_ERR_INTERNAL when
 * the registry has a column that this program does not know how to treat (it is named).
 */
NOI_MUST_CHECK noi_status noi_redact(noi_redaction *out, const char *path, const char *copy,
                                     const noi_secret *secret);

#endif
