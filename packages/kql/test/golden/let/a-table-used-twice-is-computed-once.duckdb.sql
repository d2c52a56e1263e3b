with "s1" as (
  select "c1"
  from (
    select cast("c1" as BIGINT) as "c1"
    from (values (cast(1 as BIGINT)), (cast(2 as BIGINT))) as "v1"("c1")
  ) as "t2"
  where ("c1" > cast(1 as BIGINT))
)
select "c3" as "c7", "c5" as "c8"
from (
  select "c1" as "c3"
  from "s1"
) as "t3"
inner join (
  select "c1" as "c5"
  from "s1"
) as "t4" on ("c3" is not distinct from "c5")
