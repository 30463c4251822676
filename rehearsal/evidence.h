/* evidence.h: small things that people.c and cases.c write alike. */
#ifndef NOI_REHEARSAL_EVIDENCE_H
#define NOI_REHEARSAL_EVIDENCE_H

#include "rehearsal/city.h"

const noi_old_unit *noi_piece_unit(const noi_city *city, uint32_t piece);

/* Copies a code of at most 15 bytes. */
void noi_put_code(char out[16], noi_str code);

/* Moves a point by less than its error, and returns the error in metres; -1 when the record does
 * not state one (the move is then below 5 m). */
int noi_blur_point(double at[2], noi_random *random);

/* Drops the marks, or writes all in capitals. */
void noi_restyle(noi_buf *text, bool bare, bool capitals);

/* A text that names no unit of the city. */
void noi_write_nowhere(noi_buf *out, const noi_city *city, noi_trap trap, noi_random *random);

#endif
