UPDATE verdict_row_past SET border_m = round(border_m / 500) * 500 WHERE border_m IS NOT NULL;
