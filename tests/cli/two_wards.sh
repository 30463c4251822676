# two_wards.sh: the smallest merger, two old wards into two new ones, as the files old.csv, new.csv, walk.csv;
# begin_two_wards makes a registry $r of them.
r=$T/city.noi
cat >"$T/old.csv" <<END
code,kind,name,district_code,district_kind,district_name,province_code,province_name
20001,phường,1,701,quận,1,79,Thành phố Hồ Chí Minh
20020,phường,Hòa Bình,702,quận,2,79,Thành phố Hồ Chí Minh
END
cat >"$T/new.csv" <<END
code,kind,name,province_code,province_name
20013,phường,Bến Sông,79,Thành phố Hồ Chí Minh
20016,phường,Bờ Kè,79,Thành phố Hồ Chí Minh
END
cat >"$T/walk.csv" <<END
old_code,new_code,part,scope,resolution,clause
20001,20013,whole,all,1/NQ,1
20020,20016,whole,all,1/NQ,2
END
begin_two_wards() {
    "$NOI" init "$r"
    "$NOI" import "$r" units "$T/old.csv" --as-of 2025-06-30
    "$NOI" import "$r" units "$T/new.csv" --as-of 2025-07-01
    "$NOI" import "$r" crosswalk "$T/walk.csv" --as-of 2025-07-01
}
