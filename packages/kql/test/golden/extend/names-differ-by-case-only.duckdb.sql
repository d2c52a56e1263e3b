select "c1", "c2", "c4"
from (
  select "c1", "c2", case when (((("c1" >= (-4611686018427387904)) and ("c1" <= 4611686018427387903)) and ("c2" >= (-4611686018427387904))) and ("c2" <= 4611686018427387903)) then (cast("c1" as BIGINT) + cast("c2" as BIGINT)) else cast((xor(((cast("c1" as HUGEINT) + cast("c2" as HUGEINT)) & cast(18446744073709551615 as HUGEINT)), cast(9223372036854775808 as HUGEINT)) - cast(9223372036854775808 as HUGEINT)) as BIGINT) end as "c4", "c3"
  from (
    select cast("c1" as BIGINT) as "c1", cast("c2" as BIGINT) as "c2", cast("c3" as BIGINT) as "c3"
    from (values (cast(1 as BIGINT), cast(2 as BIGINT), cast(0 as BIGINT))) as "v1"("c1", "c2", "c3")
  ) as "t2"
) as "result"
order by "c3" asc nulls first
