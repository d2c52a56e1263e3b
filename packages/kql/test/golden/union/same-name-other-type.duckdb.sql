-- $1 = ""
-- $2 = "x"
(select cast("c1" as BIGINT) as "c5", cast($1 as VARCHAR) as "c6"
from (
  select cast("c1" as BIGINT) as "c1"
  from (values (cast(1 as BIGINT))) as "v1"("c1")
) as "t2")
union all
(select cast(cast(null as BIGINT) as BIGINT) as "c5", cast("c3" as VARCHAR) as "c6"
from (
  select cast("c3" as VARCHAR) as "c3"
  from (values ($2)) as "v3"("c3")
) as "t4")
