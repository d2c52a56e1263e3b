select "c77", "c78", "c79", "c80"
from (
  select "c77", "r0" as "c78", "r1" as "c79", coalesce(cast(to_json(list_slice(list_sort("r2"), 1, 1048576)) as VARCHAR), '[]') as "c80"
  from (
    select "a0" as "c77", count(1) as "r0", count(distinct "c11") as "r1", list(distinct "c6") as "r2"
    from (
      select *, ("c1" - ("c1" % cast(864000000000 as BIGINT))) as "a0"
      from (
        select cast(null as BIGINT) as "c1", cast('' as VARCHAR) as "c6", cast('' as VARCHAR) as "c11"
        where false
      ) as "t1"
    ) as "g2"
    group by "a0"
  ) as "t3"
) as "t4"
