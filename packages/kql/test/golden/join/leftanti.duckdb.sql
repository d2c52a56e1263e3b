select "c3"
from (
  select "c1" as "c3", "c2" as "c4"
  from (
    select cast("c1" as BIGINT) as "c1", cast("c2" as BIGINT) as "c2"
    from (values (cast(1 as BIGINT), cast(0 as BIGINT))) as "v1"("c1", "c2")
  ) as "t2"
) as "t3"
anti join (
  select cast("c5" as BIGINT) as "c5", cast("c6" as BIGINT) as "c6"
  from (values (cast(2 as BIGINT), cast(0 as BIGINT))) as "v4"("c5", "c6")
) as "t5" on ("c3" is not distinct from "c5")
