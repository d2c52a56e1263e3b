select "c1", "c2", "c4"
from (
  select "c1", "c2", coalesce(try(("c1" + "c2")), cast(case when ("o1" >= cast(9223372036854775808 as HUGEINT)) then ("o1" - cast(18446744073709551616 as HUGEINT)) else "o1" end as BIGINT)) as "c4", "c3"
  from (
    select *, ((cast("c1" as HUGEINT) + cast("c2" as HUGEINT)) & cast(18446744073709551615 as HUGEINT)) as "o1"
    from (
      select cast("c1" as BIGINT) as "c1", cast("c2" as BIGINT) as "c2", cast("c3" as BIGINT) as "c3"
      from (values (cast(1 as BIGINT), cast(2 as BIGINT), cast(0 as BIGINT))) as "v2"("c1", "c2", "c3")
    ) as "t3"
  ) as "h4"
) as "result"
order by "c3" asc nulls first
