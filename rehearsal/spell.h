/*
 * spell.h: how people write an address: house numbers and alleys, streets of the district, khu phố
 * and ấp, and ward, district and province in their many usual spellings. UTF-8, NFC.
 */
#ifndef NOI_REHEARSAL_SPELL_H
#define NOI_REHEARSAL_SPELL_H

#include "rehearsal/random.h"
#include "rehearsal/tables.h"

/* The spellings of all units, made once. Read-only afterwards. */
typedef struct noi_spelling noi_spelling;
noi_spelling *noi_spelling_new(const noi_tables *tables);
void noi_spelling_free(noi_spelling *spelling); /* accepts NULL */
NOI_DEFINE_AUTO(noi_spelling, noi_spelling_free)

/* "12/5 Lê Lợi" or "Tổ 3, ấp 2": the part before the ward, ending with ", ". */
void noi_spell_street(noi_buf *out, const noi_spelling *spelling, uint32_t district, bool rural,
                      noi_random *random);

/* "Số 45A Hai Bên Ranh, ": a street that exists in no real ward, on one side of it. */
void noi_spell_sided_street(noi_buf *out, bool odd, noi_random *random);

typedef enum noi_tail {
    NOI_TAIL_WARD = 1,
    NOI_TAIL_DISTRICT = 2,
    NOI_TAIL_PROVINCE = 4, /* often written, sometimes left out */
    NOI_TAIL_FULL = 7,
} noi_tail;
/* "P. Bến Nghé, Quận 1, TP.HCM": what is named of an old unit. A district unit without communes
 * (Côn Đảo) has no ward to name. */
void noi_spell_tail(noi_buf *out, const noi_spelling *spelling, uint32_t old_unit, noi_tail parts,
                    noi_random *random);
/* "Phường Sài Gòn, TP.HCM" for a new unit; "P.7, Quận Gò Vấp, TP.HCM" for a former one. */
void noi_spell_new_tail(noi_buf *out, const noi_spelling *spelling, uint32_t new_unit,
                        noi_random *random);
void noi_spell_former_tail(noi_buf *out, const noi_spelling *spelling, uint32_t former,
                           noi_random *random);
/* The tail with one letter of the ward's name left out. */
void noi_spell_typo_tail(noi_buf *out, const noi_spelling *spelling, uint32_t old_unit,
                         noi_random *random);

#endif
