with "s1" as (
  select "c1", "c2"
  from (
    select cast("c1" as BIGINT) as "c1", cast("c2" as BIGINT) as "c2"
    from (values (cast(1 as BIGINT), cast(0 as BIGINT)), (cast(2 as BIGINT), cast(1 as BIGINT))) as "v1"("c1", "c2")
  ) as "t2"
  where ("c1" > cast(1 as BIGINT))
)
select "c3" as "c7", "c5" as "c8"
from (
  select "c1" as "c3", "c2" as "c4"
  from "s1"
) as "t3"
inner join (
  select "c1" as "c5", "c2" as "c6"
  from "s1"
) as "t4" on ("c3" is not distinct from "c5")
