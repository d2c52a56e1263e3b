-- $1 = "action1 corporation"
-- $2 = "(?is)(?:^|[^\\p{L}\\p{N}])Action1 Corporation(?:$|[^\\p{L}\\p{N}])"
select "c9"
from (
  select cast(null as BIGINT) as "c1", cast(null as BIGINT) as "c2", cast(null as BIGINT) as "c3", cast(null as BIGINT) as "c4", cast(null as BIGINT) as "c5", cast('' as VARCHAR) as "c6", cast('' as VARCHAR) as "c7", cast('' as VARCHAR) as "c8", cast('' as VARCHAR) as "c9", cast(null as BOOLEAN) as "c10", cast(null as BOOLEAN) as "c11", cast('' as VARCHAR) as "c12", cast('' as VARCHAR) as "c13", cast(null as BOOLEAN) as "c14", cast(null as BIGINT) as "c15", cast('' as VARCHAR) as "c16", cast('' as VARCHAR) as "c17", cast('' as VARCHAR) as "c18", cast('' as VARCHAR) as "c19", cast('' as VARCHAR) as "c20", cast(null as DOUBLE) as "c21", cast('' as VARCHAR) as "c22", cast('' as VARCHAR) as "c23", cast('' as VARCHAR) as "c24", cast('DeviceFileCertificateInfo' as VARCHAR) as "c25", cast('' as VARCHAR) as "c26", cast('' as VARCHAR) as "c27", cast('' as VARCHAR) as "c28", cast(null as BIGINT) as "c29"
  where false
) as "t1"
where (contains(lower("c18"), $1) and regexp_matches("c18", $2))
