UPDATE member SET changed_at = substr(changed_at, 1, 10);
