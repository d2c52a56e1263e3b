select (cast(2 as BIGINT) * cast(7 as BIGINT)) as "c1", (cast(2 as BIGINT) * cast(3 as BIGINT)) as "c2"
from (
  select 1 as _
) as "t1"
