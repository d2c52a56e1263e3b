select "c16"
from (
  select cast(null as BIGINT) as "c1", cast(null as BOOLEAN) as "c11", cast('' as VARCHAR) as "c16"
  where false
) as "t1"
where ((("c1" >= cast(639286128000000000 as BIGINT)) and ("c1" <= cast(639290448000000000 as BIGINT))) and ("c11" = true))
