-- $1 = "(?is)(?:(?:^|[^\\p{L}\\p{N}])(?:AnyDesk|Splashtop|Atera Networks)(?:$|[^\\p{L}\\p{N}]))"
select "r0" as "c30"
from (
  select count(1) as "r0"
  from (
    select "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c12", "c13", "c14", "c15", "c16", "c17", "c18", "c19", "c20", "c21", "c22", "c23", "c24", "c25", "c26", "c27", "c28", "c29"
    from (
      select cast(null as BIGINT) as "c1", cast(null as BIGINT) as "c2", cast(null as BIGINT) as "c3", cast(null as BIGINT) as "c4", cast(null as BIGINT) as "c5", cast('' as VARCHAR) as "c6", cast('' as VARCHAR) as "c7", cast('' as VARCHAR) as "c8", cast('' as VARCHAR) as "c9", cast(null as BOOLEAN) as "c10", cast(null as BOOLEAN) as "c11", cast('' as VARCHAR) as "c12", cast('' as VARCHAR) as "c13", cast(null as BOOLEAN) as "c14", cast(null as BIGINT) as "c15", cast('' as VARCHAR) as "c16", cast('' as VARCHAR) as "c17", cast('' as VARCHAR) as "c18", cast('' as VARCHAR) as "c19", cast('' as VARCHAR) as "c20", cast(null as DOUBLE) as "c21", cast('' as VARCHAR) as "c22", cast('' as VARCHAR) as "c23", cast('' as VARCHAR) as "c24", cast('DeviceFileCertificateInfo' as VARCHAR) as "c25", cast('' as VARCHAR) as "c26", cast('' as VARCHAR) as "c27", cast('' as VARCHAR) as "c28", cast(null as BIGINT) as "c29"
      where false
    ) as "t1"
    where regexp_matches("c18", $1)
  ) as "t2"
) as "t3"
