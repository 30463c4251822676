/*
 * letters.h: the ways in which other systems spoil Vietnamese letters, for making test data:
 * capitals throughout, marks dropped, marks written apart (NFD). Reading them back is address/'s
 * matter. All take UTF-8 in NFC and append to `out`. Thread-safe.
 */
#ifndef NOI_REHEARSAL_LETTERS_H
#define NOI_REHEARSAL_LETTERS_H

#include "base/memory.h"

void noi_letters_upper(noi_buf *out, noi_str text);
void noi_letters_bare(noi_buf *out, noi_str text); /* "Đường Hòa" gives "Duong Hoa" */
/* Small letters where TCVN3 has no capital of its own: outside ASCII. */
void noi_letters_small(noi_buf *out, noi_str text);
void noi_letters_nfd(noi_buf *out, noi_str text);

#endif
