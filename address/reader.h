/*
 * reader.h: what an address as people write it says about its place: house, street, hamlet, ward,
 * district, province, and which units of which vintage the ward can mean. The reader never chooses
 * between units that the text leaves open: it lists them all.
 *
 * The gazetteer is one block of relocatable bytes, compiled once, stored in the plan and mapped.
 * Reading allocates nothing and takes time linear in the text. Thread-safe.
 */
#ifndef NOI_ADDRESS_READER_H
#define NOI_ADDRESS_READER_H

#include "address/text.h"
#include "base/date.h"

/* One unit that the gazetteer shall know. Texts UTF-8, NFC, borrowed during the build. */
typedef struct noi_gazetteer_unit {
    noi_code code;
    const char *kind;          /* "phường", "xã", "thị trấn", "đặc khu", "huyện" */
    const char *name;          /* "Bến Nghé", "15" */
    noi_code district_code;    /* 0 for units that have no district */
    const char *district_kind; /* "quận", "huyện", "thành phố", "thị xã", "" */
    const char *district_name; /* "1", "Thủ Đức", "" */
    noi_code province_code;
    const char *province_name; /* "Thành phố Hồ Chí Minh" */
    noi_day from, to;          /* in force, half open */
} noi_gazetteer_unit;

/* Another name of a district in some vintage ("Quận 2" for what is now Thành phố Thủ Đức). */
typedef struct noi_gazetteer_district_alias {
    noi_code district_code; /* of the successor, as the units above give it */
    const char *kind, *name;
} noi_gazetteer_district_alias;

typedef struct noi_gazetteer noi_gazetteer; /* a view; nothing to free */

/* Appends the gazetteer of the units (their order is the numbering that readings use; fewer than
 * 65,535 and with names of 1 to 10 words, else NOI_ERR_INPUT and `out` unchanged; a unit whose code
 * an earlier unit bore is taken to lie in that unit's province, which is how mergers of provinces
 * are known). The same units give the same bytes. */
NOI_MUST_CHECK noi_status noi_gazetteer_build(noi_buf *out, const noi_gazetteer_unit *units,
                                              size_t n_units,
                                              const noi_gazetteer_district_alias *aliases,
                                              size_t n_aliases);
/* A view of such bytes, which must begin at a multiple of 8 and outlive it. Checks everything, so
 * that hostile bytes never crash a later reading; NOI_ERR_INPUT when they are no sound gazetteer.
 */
NOI_MUST_CHECK noi_status noi_gazetteer_attach(const noi_gazetteer **out, const void *bytes,
                                               size_t n);

#define NOI_READING_MAX_UNITS 64

/* What was read. Views point into the text that was passed. */
typedef struct noi_reading {
    noi_str house;                    /* "1806/127/2/6" */
    noi_str street;                   /* "Huỳnh Tấn Phát" */
    noi_str hamlet;                   /* "khu phố 3", "ấp 2", "tổ 15" */
    noi_str ward, district, province; /* as written, with their kind; empty when not read */
    uint16_t n_units; /* units (of any vintage) that the ward can mean beside what else was read;
                         when the ward is not read: 0 */
    uint16_t n_all;   /* how many there would be without the limit (counted up to 1,024) */
    uint16_t units[NOI_READING_MAX_UNITS]; /* ascending positions in the gazetteer's numbering */
    noi_code district_code;                /* 0 when no district was read or several fit */
    noi_code province_code;                /* likewise; the old province's code */
    bool other_province;                   /* names a province outside the gazetteer */
    bool without_marks;                    /* the ward matched only without its marks */
    bool with_typo;                        /* the ward matched only with an edit */
    bool district_conflicts; /* the ward exists, but in no district that was read: n_units lists
                                where it exists */
} noi_reading;

/*
 * Reads one address; any bytes may be passed, what is not UTF-8 parts words. A pure function of
 * text and gazetteer. What it does not do:
 *  - read a ward without its kind word, unless it fills a part of its own behind another part and
 *    directly before its district or province ("12 Lê Lợi, Bến Nghé, Quận 1");
 *  - read anything inside a street, hamlet or landmark ("đường Tân Phú", "ấp Tân Phú");
 *  - choose by province where the ward's district was read, or by vintage ever.
 * A unit without district (of the new vintage) is listed beside a district that was read only when
 * no unit of that name lies in it; that alone is no conflict. Of a text of more than 160 words the
 * last are read; of a text of more than 1 GiB the first GiB.
 */
void noi_address_read(noi_reading *out, const noi_gazetteer *gazetteer, noi_str text);

#endif
