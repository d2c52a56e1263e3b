import { sysmonInitiator, sysmonProcess } from "../processes.ts";
import { type Branch, data, device, type EventTable, sysmon } from "../table.ts";

const details = data("Details");

/** Sysmon's short names of hives in Defender's long ones. */
function longHive(object: string): string {
  const replaced = [
    ["^HKLM(\\\\|$)", "HKEY_LOCAL_MACHINE\\1"],
    ["^HKU\\\\(S-1-5-21-[0-9-]+)", "HKEY_CURRENT_USER\\\\\\1"],
    ["^HKU(\\\\|$)", "HKEY_USERS\\1"],
    ["^HKCR(\\\\|$)", "HKEY_CLASSES_ROOT\\1"],
    ["^\\\\REGISTRY\\\\MACHINE(\\\\|$)", "HKEY_LOCAL_MACHINE\\1"],
    ["^\\\\REGISTRY\\\\USER(\\\\|$)", "HKEY_USERS\\1"],
  ] as const;
  return replaced.reduce((sql, [from, to]) => `regexp_replace(${sql}, '${from}', '${to}')`, object);
}

const object = longHive(data("TargetObject"));
/** A name that begins with a separator, as a path does, stands behind two. */
const double = `strpos(${object}, '\\\\')`;
const valueName = `case when ${double} > 0 then substr(${object}, ${double} + 1) else regexp_extract(${object}, '[^\\\\]*$') end`;
const key = `case when ${double} > 0 then substr(${object}, 1, ${double} - 1) else regexp_replace(${object}, '\\\\[^\\\\]*$', '') end`;
const named = `case when ${valueName} = '(Default)' then '' else ${valueName} end`;

const dword = `regexp_extract(${details}, '^DWORD \\(0x([0-9A-Fa-f]+)\\)$', 1)`;
const qword = `regexp_extract(${details}, '^QWORD \\(0x([0-9A-Fa-f]+)-0x([0-9A-Fa-f]+)\\)$', ['hi', 'lo'])`;
const valueType = `case when ${dword} <> '' then 'Dword' when ${qword}['hi'] <> '' then 'Qword' when ${details} = 'Binary Data' then 'Binary' when regexp_matches(${details}, '%[A-Za-z][A-Za-z0-9_()]*%') then 'ExpandString' when ${details} is not null then 'String' end`;
const valueData = `case when ${dword} <> '' then cast(try_cast('0x' || ${dword} as UBIGINT) as VARCHAR) when ${qword}['hi'] <> '' then cast(try_cast('0x' || ${qword}['hi'] || lpad(${qword}['lo'], 8, '0') as UBIGINT) as VARCHAR) when ${details} = 'Binary Data' then null else ${details} end`;

function registryEvent(where: string, action: string, columns: Readonly<Record<string, string>>): Branch {
  return {
    where,
    process: sysmonProcess,
    columns: { ...device, ActionType: `'${action}'`, ...columns, ...sysmonInitiator },
  };
}

/** Some shippers have a word of their own under that key: the message has Sysmon's. */
const change = `coalesce(${data("EventType")}, regexp_extract(e.message, 'EventType: ([A-Za-z]+)', 1))`;
const of = (type: string): string => `${sysmon(12)} and ${change} = '${type}'`;

/** Keys and values of the registry. */
export const registryEvents: EventTable = {
  table: "DeviceRegistryEvents",
  branches: [
    registryEvent(of("CreateKey"), "RegistryKeyCreated", { RegistryKey: object }),
    registryEvent(of("DeleteKey"), "RegistryKeyDeleted", { RegistryKey: object }),
    registryEvent(of("DeleteValue"), "RegistryValueDeleted", { RegistryKey: key, RegistryValueName: named }),
    registryEvent(sysmon(13), "RegistryValueSet", {
      RegistryKey: key,
      RegistryValueName: named,
      RegistryValueType: valueType,
      RegistryValueData: valueData,
    }),
    registryEvent(sysmon(14), "RegistryKeyRenamed", {
      RegistryKey: longHive(data("NewName")),
      PreviousRegistryKey: object,
    }),
  ],
};
