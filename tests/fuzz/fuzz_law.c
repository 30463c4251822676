/*
 * fuzz_law.c: any bytes as a resolution. The reader must end, and may call a law proved only when
 * every old unit of the provinces concerned is consumed.
 */
#include "law/law.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#define UNIT(digits, kind_, name_, district, district_)                                            \
    {                                                                                              \
        .code = 5u << 20 | (digits), .kind = kind_, .name = name_,                                 \
        .district_code = 3u << 20 | (district), .district_kind = "huyện",                          \
        .district_name = district_, .province_code = 2u << 20 | 10u, .province_name = "Tỉnh Mẫu",  \
        .resolution = ""                                                                           \
    }

static const noi_law_unit olds[] = {
    UNIT(10001, "xã", "An Phú", 1, "Sông"),         UNIT(10002, "xã", "Bình Hòa", 1, "Sông"),
    UNIT(10003, "thị trấn", "Chợ Sông", 1, "Sông"), UNIT(10004, "xã", "Tân Thành", 1, "Sông"),
    UNIT(10005, "xã", "Tân Thành", 2, "Núi"),       UNIT(10006, "phường", "1", 2, "Núi"),
    UNIT(10007, "phường", "Phường Đúc", 2, "Núi"),  UNIT(10008, "huyện", "Đảo Xa", 3, "Đảo Xa"),
};

static const noi_law_unit news[] = {
    {.code = 5u << 20 | 10001,
     .kind = "xã",
     .name = "An Phú",
     .district_kind = "",
     .district_name = "",
     .province_code = 2u << 20 | 10u,
     .province_name = "Tỉnh Mẫu",
     .resolution = "9/NQ-UBTVQH15"},
    {.code = 5u << 20 | 10002,
     .kind = "phường",
     .name = "Sông Núi",
     .district_kind = "",
     .district_name = "",
     .province_code = 2u << 20 | 10u,
     .province_name = "Tỉnh Mẫu",
     .resolution = "9/NQ-UBTVQH15"},
};

#define N(list) (sizeof(list) / sizeof *(list))

static void compile(noi_str text, const noi_law_unit *new_units, size_t n_new) {
    noi_law *law = NULL;
    if (noi_law_compile(&law, "fuzz", text, olds, N(olds), new_units, n_new) != NOI_OK)
        return;
    if (law->proved && (law->n_old != law->n_old_all || law->n_edges < law->n_old || law->n_unread))
        abort();
    for (size_t i = 0; i < law->n_edges; i++)
        if (law->edges[i].old_unit >= N(olds) ||
            law->edges[i].new_unit >= (n_new ? n_new : law->n_made))
            abort();
    noi_law_free(law);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    noi_str text = {(const char *)bytes, n};
    compile(text, NULL, 0);
    compile(text, news, N(news));
    return 0;
}
