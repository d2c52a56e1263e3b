select "c3"
from (
  select "c1" as "c3"
  from (
    select cast("c1" as BIGINT) as "c1"
    from (values (cast(1 as BIGINT))) as "v1"("c1")
  ) as "t2"
) as "t3"
anti join (
  select cast("c5" as BIGINT) as "c5"
  from (values (cast(2 as BIGINT))) as "v4"("c5")
) as "t5" on ("c3" is not distinct from "c5")
