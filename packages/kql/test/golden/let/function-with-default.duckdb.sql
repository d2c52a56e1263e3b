select cast(14 as BIGINT) as "c1", cast(6 as BIGINT) as "c2"
from (
  select 1 as _
) as "t1"
