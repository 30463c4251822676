/* evidence.c: see evidence.h. */
#include "rehearsal/evidence.h"

#include "rehearsal/letters.h"

#include <string.h>

const noi_old_unit *noi_piece_unit(const noi_city *city, uint32_t piece) {
    return &city->tables->old_units[city->tables->pieces[piece].old_unit];
}

void noi_put_code(char out[16], noi_str code) {
    size_t n = code.n < 15 ? code.n : 15;
    memcpy(out, code.p, n);
    out[n] = '\0';
}

int noi_blur_point(double at[2], noi_random *random) {
    static const int errors[] = {-1, 5, 10, 20, 50};
    int error = errors[noi_random_below(random, 5)];
    double reach = error < 0 ? 3 : error * 0.6;
    at[0] += (2 * noi_random_unit(random) - 1) * reach / NOI_SHAPE_LON_M;
    at[1] += (2 * noi_random_unit(random) - 1) * reach / NOI_SHAPE_LAT_M;
    return error;
}

void noi_restyle(noi_buf *text, bool bare, bool capitals) {
    if (!bare && !capitals)
        return;
    NOI_AUTO_BUF noi_buf styled = {0};
    if (bare)
        noi_letters_bare(&styled, noi_buf_view(text));
    else
        noi_letters_upper(&styled, noi_buf_view(text));
    noi_buf_clear(text);
    noi_buf_add(text, styled.p, styled.n);
}

void noi_write_nowhere(noi_buf *out, const noi_city *city, noi_trap trap, noi_random *random) {
    static const char *const noise[] = {
        "Không rõ", "chưa cập nhật",       "nhà bà Tư gần chợ", "xxx",      "0", "liên hệ sau",
        "-",        "đối diện trường học", "tạm trú",           "số nhà 12"};
    enum { OF_HANOI = 1 };
    static const char *const elsewhere[] = {
        "15 Lê Lợi, Phường Phú Hội, Thành phố Huế, Tỉnh Thừa Thiên Huế",
        "Số 8 Tràng Tiền, Phường Tràng Tiền, Quận Hoàn Kiếm, Thành phố Hà Nội",
        "120 Trần Phú, Phường Lộc Thọ, Thành phố Nha Trang, Tỉnh Khánh Hòa",
        "Tổ 4, xã Hòa Tiến, huyện Hòa Vang, Thành phố Đà Nẵng",
        "33 Nguyễn Huệ, Phường 2, Thành phố Đà Lạt, Tỉnh Lâm Đồng"};
    const char *text = trap == NOI_TRAP_NOISE ? noise[noi_random_below(random, 10)]
                                              : elsewhere[noi_random_below(random, 5)];
    bool at_home = city->tables->world == NOI_WORLD_HANOI && text == elsewhere[OF_HANOI];
    noi_buf_add_str(
        out, at_home ? "25 Lê Lợi, Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh" : text);
}
