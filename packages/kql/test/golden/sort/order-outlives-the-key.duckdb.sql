select "c5"
from (
  select "c5", "c3"
  from (
    select "c4" as "c5", "c3"
    from (
      select "c3", (row_number() over (order by "c3" asc nulls first) + (cast(1 as BIGINT) - 1)) as "c4"
      from (
        select "c1", "c2", row_number() over (order by "c1" asc nulls first, "c2" asc nulls first) as "c3"
        from (
          select cast("c1" as BIGINT) as "c1", cast("c2" as BIGINT) as "c2"
          from (values (cast(3 as BIGINT), cast(0 as BIGINT)), (cast(1 as BIGINT), cast(1 as BIGINT)), (cast(2 as BIGINT), cast(2 as BIGINT))) as "v1"("c1", "c2")
        ) as "t2"
      ) as "t3"
    ) as "t4"
  ) as "t5"
) as "result"
order by "c3" asc nulls first
