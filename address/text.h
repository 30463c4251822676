/*
 * text.h: Vietnamese text at the door and in the loop.
 *
 * At the door (general path, utf8proc): bytes in some encoding become UTF-8, NFC. In the loop (our
 * table): text is folded to a comparable form at tens of millions of letters a second.
 */
#ifndef NOI_ADDRESS_TEXT_H
#define NOI_ADDRESS_TEXT_H

#include "base/memory.h"

typedef enum noi_encoding {
    NOI_ENCODING_UNKNOWN = 0,
    NOI_ENCODING_UTF8,
    NOI_ENCODING_UTF16LE,
    NOI_ENCODING_UTF16BE,
    NOI_ENCODING_TCVN3,  /* ABC fonts, TCVN 5712:1993 VN3: one byte a letter, capitals by font */
    NOI_ENCODING_VNI,    /* VNI for Windows: base letter and a mark byte behind it */
    NOI_ENCODING_CP1258, /* Windows Vietnamese: some marks combine */
} noi_encoding;

const char *
noi_encoding_key(noi_encoding encoding);           /* "utf8", "tcvn3", ... as on the command line */
noi_encoding noi_encoding_by_key(const char *key); /* "auto" and unknown keys give UNKNOWN */

/* Names the encoding of a sample (the first MiB of a file will do; a single name is too little). A
 * sample that is valid UTF-8 (but for a sequence that its end cuts), or ASCII, is UTF-8; UTF-16 is
 * known by its mark or by its zeros; else it is the encoding in whose reading the marked words are
 * syllables of Vietnamese. NOI_ENCODING_UNKNOWN when another reading comes near or none is
 * Vietnamese: never a guess. Thread-safe, as everything here. */
noi_encoding noi_encoding_detect(noi_str sample);

/* Appends `bytes` to `out` as UTF-8, NFC, without a byte order mark. NOI_ERR_INPUT with the offset
 * and the byte when a byte or sequence does not belong to the encoding; `out` is then unchanged.
 * Lossless: noi_text_from turns the result back into the same bytes for the one-byte encodings, up
 * to the choice that an encoding leaves (CP1258 may write a-grave as one byte or two, VNI a mark in
 * either case). TCVN3: the capitals with tones are those of TCVN 5712 VN1; the ABC fonts write
 * small letters in a font of capitals, which stay small letters here. */
NOI_MUST_CHECK noi_status noi_text_to_utf8(noi_buf *out, noi_str bytes, noi_encoding encoding);
/* The other direction, for making test files: UTF-16 with a byte order mark. NOI_ERR_INPUT for a
 * letter the encoding lacks; `out` is then unchanged. */
NOI_MUST_CHECK noi_status noi_text_from_utf8(noi_buf *out, noi_str utf8, noi_encoding encoding);

bool noi_utf8_is_valid(noi_str text);
/* Appends the text in NFC; the text must be valid UTF-8 (NOI_ERR_INPUT otherwise). A text that is
 * NFC already (the common case) is found out without utf8proc. */
NOI_MUST_CHECK noi_status noi_text_nfc(noi_buf *out, noi_str utf8);

/* Appends the text with everything that steers a terminal or a line, and is no letter, as spaces:
 * control characters (C0, C1, DEL), line and paragraph separators, marks that turn the direction of
 * writing. For texts that are shown as they came. Valid UTF-8. */
void noi_text_plain(noi_buf *out, noi_str text);

/* Folding keeps letters and digits, turns every other run into one space, trims, and lowers case
 * (letters of other scripts are kept as they are; zero-width characters vanish).
 * NOI_FOLD_MARKS keeps the marks (tone placement unified: hoà = hòa, thuý = thúy); NOI_FOLD_BARE
 * drops all marks (đ becomes d). NFC and NFD, curly quotes and non-breaking spaces fold alike.
 * `out` must hold 2 * text.n + 1 bytes; returns the bytes written (NUL added, not counted). Invalid
 * bytes fold to a space. No allocation. */
typedef enum noi_fold { NOI_FOLD_MARKS, NOI_FOLD_BARE } noi_fold;
size_t noi_text_fold(char *out, noi_str text, noi_fold how);

/* Names of units compared as people compare them: folded with marks, leading zeros of a number
 * dropped ("01" = "1"), y/i and Roman numerals kept apart. */
bool noi_name_equal(noi_str a, noi_str b);

/* "Quận Gò Vấp" → "quận", "Gò Vấp"; the kind is "" when the text does not begin with one, and the
 * name then the whole text. `kind` has static storage, `name` points into the text. */
void noi_split_district(const char **kind, noi_str *name, noi_str full_name);

#endif
