import { sysmonInitiator, sysmonProcess } from "../processes.ts";
import { type Branch, bag, data, device, type EventTable, fileName, hash, sysmon } from "../table.ts";

const path = data("TargetFilename");

function fileEvent(ids: readonly number[], action: string, more: Readonly<Record<string, string>> = {}): Branch {
  return {
    where: sysmon(...ids),
    process: sysmonProcess,
    columns: {
      ...device,
      ActionType: `'${action}'`,
      FileName: fileName(path),
      FolderPath: path,
      SHA1: hash("SHA1"),
      SHA256: hash("SHA256"),
      MD5: hash("MD5"),
      ...sysmonInitiator,
      ...more,
    },
  };
}

/** Files made, changed and deleted. */
export const fileEvents: EventTable = {
  table: "DeviceFileEvents",
  branches: [
    fileEvent([11], "FileCreated"),
    fileEvent([15], "FileCreated", { AdditionalFields: bag({ Contents: data("Contents") }) }),
    fileEvent([2], "FileModified", {
      AdditionalFields: bag({
        CreationUtcTime: data("CreationUtcTime"),
        PreviousCreationUtcTime: data("PreviousCreationUtcTime"),
      }),
    }),
    fileEvent([23, 26], "FileDeleted"),
  ],
};
