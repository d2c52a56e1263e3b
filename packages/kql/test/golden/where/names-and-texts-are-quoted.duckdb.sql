-- $1 = "na\"me"
-- $2 = "it's"
select "c11"
from (
  select cast(null as VARCHAR) as "c7", cast('' as VARCHAR) as "c11"
  where false
) as "t1"
where (coalesce(json_extract_string(goshawk_property("c7", $1), '$'), '') = $2)
