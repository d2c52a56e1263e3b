-- $1 = "action1 corporation"
-- $2 = "(?is)(?:^|[^\\p{L}\\p{N}])Action1 Corporation(?:$|[^\\p{L}\\p{N}])"
select "c30", "c31", "c32", "c33", "c34", "c35"
from (
  select "c30", "c31", "r0" as "c32", "r1" as "c33", coalesce(cast(to_json(list_slice(list_sort("r2"), 1, 1048576)) as VARCHAR), '[]') as "c34", "r3" as "c35"
  from (
    select "c8" as "c30", "c9" as "c31", min("c1") as "r0", max("c1") as "r1", list(distinct "c15") filter (where ("c15" is not null)) as "r2", count(1) as "r3"
    from (
      select "c1", "c8", "c9", "c15"
      from (
        select "c1", "c8", "c9", "c15", "c18"
        from (
          select cast(null as BIGINT) as "c1", cast('' as VARCHAR) as "c8", cast('' as VARCHAR) as "c9", cast(null as BIGINT) as "c15", cast('' as VARCHAR) as "c18"
          where false
        ) as "t1"
        where (("c1" >= cast(639286128000000000 as BIGINT)) and ("c1" <= cast(639290448000000000 as BIGINT)))
      ) as "t2"
      where (contains(lower("c18"), $1) and regexp_matches("c18", $2))
    ) as "t3"
    group by "c8", "c9"
  ) as "t4"
) as "t5"
