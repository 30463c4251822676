# drawn_city.sh: three wards drawn on paper, one of them split, and the files of a registry $R of them.
cat >"$T/old.csv" <<'END'
code,kind,name,district_code,district_kind,district_name,province_code,province_name
10001,phường,An Lạc,101,quận,Nhất,79,Thành phố Vẽ
10002,phường,Bình Yên,101,quận,Nhất,79,Thành phố Vẽ
10003,phường,Cát Lái,102,quận,Nhì,79,Thành phố Vẽ
END
cat >"$T/new.csv" <<'END'
code,kind,name,province_code,province_name,resolution
10002,phường,Êm Đềm,79,Thành phố Vẽ,1/NQ-VE
10003,phường,Phong Phú,79,Thành phố Vẽ,1/NQ-VE
END
cat >"$T/crosswalk.csv" <<'END'
old_code,new_code,part,scope,resolution,clause
10001,10002,whole,all,1/NQ-VE,1
10002,10002,part,area+population,1/NQ-VE,1
10002,10003,remainder,area+population,1/NQ-VE,2
10003,10003,whole,all,1/NQ-VE,2
END
cat >"$T/addresses.csv" <<'END'
id,text,old_code
A1,"1 Lê Lợi, Phường An Lạc, Quận Nhất",
A2,"2 Lê Lợi, Phường Bình Yên, Quận Nhất",
A3,không rõ,
A4,,10003
END
cat >"$T/cases.csv" <<'END'
id,status,due_on,handling_unit,text
C1,4,2025-06-15,10001,
C2,4,2025-07-15,101,
C3,4,2025-07-15,102,"9 Lê Lai, Phường Cát Lái, Quận Nhì"
END
R=$T/r.noi
