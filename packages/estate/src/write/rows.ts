import { dotNetTicks, type Span, ticksPerSecond } from "../clock.ts";
import type { FileFact } from "../model/file.ts";
import { eachTable, type TableName } from "../tables.ts";
import { fragmentText } from "./fragments.ts";
import { createTimeWriter, type Out, put, putNumber, putText } from "./out.ts";
import { createRunTexts, initiatingTrustText } from "./processText.ts";
import type { RenderedDevice, RenderedFile, RenderedProcess } from "./rendered.ts";

/** The tenant of the made-up estate. */
export const tenantId = "11111111-1111-1111-1111-111111111111";

export interface Connection {
  readonly action: string;
  readonly remoteIp: string | null;
  readonly remotePort: number | null;
  readonly remoteUrl: string | null;
  readonly localIp: string;
  readonly localPort: number;
}

export type FileAction = "FileCreated" | "FileModified" | "FileRenamed" | "FileDeleted";

/** Where a row goes and whose it is. */
export interface Row {
  readonly out: Out;
  readonly device: RenderedDevice;
  readonly reportId: number;
  readonly tick: number;
}

/** Writes one row of a table as a line of Defender's streaming format. */
export interface RowWriters {
  readonly imageLoad: (row: Row, file: RenderedFile, by: RenderedProcess) => void;
  readonly network: (row: Row, connection: Connection, by: RenderedProcess) => void;
  readonly process: (row: Row, created: RenderedProcess, by: RenderedProcess) => void;
  readonly file: (row: Row, action: FileAction, file: RenderedFile, by: RenderedProcess) => void;
  /** `cells` is the inside of an object, with a comma at its end. */
  readonly looseFile: (row: Row, action: FileAction, cells: string, by: RenderedProcess) => void;
  readonly certificate: (row: Row, file: RenderedFile) => void;
  readonly inventory: (row: Row, cells: string) => void;
}

const imageLoaded = Buffer.from(',"ActionType":"ImageLoaded",');
const processCreated = Buffer.from(',"ActionType":"ProcessCreated",');
const noFields = Buffer.from('"AdditionalFields":null,');
const comma = Buffer.from(",");
const timestamp = Buffer.from('"Timestamp":"');

export function createRowWriters(span: Span): RowWriters {
  const { begin, end } = createEnvelope(span);
  const texts = createRunTexts(span);
  const looseFile: RowWriters["looseFile"] = (row, action, cells, by) => {
    begin("DeviceFileEvents", row);
    putText(row.out, `,"ActionType":"${action}",${cells}`);
    putInitiating(row.out, by);
    end(row);
  };
  return {
    looseFile,
    imageLoad: (row, file, by) => {
      begin("DeviceImageLoadEvents", row);
      put(row.out, imageLoaded);
      put(row.out, file.file);
      putInitiating(row.out, by);
      end(row);
    },
    network: (row, connection, by) => {
      begin("DeviceNetworkEvents", row);
      putText(row.out, connectionText(connection));
      putInitiating(row.out, by);
      put(row.out, by.file.initiatingVersion);
      put(row.out, noFields);
      end(row);
    },
    process: (row, created, by) => {
      begin("DeviceProcessEvents", row);
      put(row.out, processCreated);
      put(row.out, created.file.file);
      put(row.out, created.file.version);
      putText(row.out, texts.created(created.fact));
      putInitiating(row.out, by);
      putText(row.out, initiatingTrustText(by.fact, span));
      put(row.out, noFields);
      end(row);
    },
    file: (row, action, file, by) => {
      looseFile(row, action, `${file.file.toString()}${fileExtraText(file.fact, by)}`, by);
    },
    certificate: (row, file) => {
      begin("DeviceFileCertificateInfo", row);
      put(row.out, comma);
      put(row.out, file.certificate);
      end(row);
    },
    inventory: (row, cells) => {
      begin("DeviceInfo", row, String(dotNetTicks(span, row.tick)));
      putText(row.out, `,${cells}`);
      end(row);
    },
  };
}

interface Envelope {
  readonly begin: (table: TableName, row: Row, reportId?: string) => void;
  readonly end: (row: Row) => void;
}

/** Around every row: arrival a little after the event, as the service would have it. */
function createEnvelope(span: Span): Envelope {
  const putTime = createTimeWriter(span);
  const open = Buffer.from('{"time":"');
  const received = eachTable((table) =>
    Buffer.from(
      `","tenantId":"${tenantId}","operationName":"Publish","category":"AdvancedHunting-${table}","_TimeReceivedBySvc":"`,
    ),
  );
  const properties = Buffer.from('","properties":{');
  return {
    begin: (table, { out, device, reportId, tick }, reportText) => {
      const delay = (20 + (reportId % 97)) * ticksPerSecond + (reportId % 9973);
      put(out, open);
      putTime(out, tick + delay * 2);
      put(out, received[table]);
      putTime(out, tick + delay);
      put(out, properties);
      put(out, device.head);
      if (reportText === undefined) putNumber(out, reportId);
      else putText(out, reportText);
    },
    end: ({ out, device, tick }) => {
      put(out, timestamp);
      putTime(out, tick);
      put(out, device.tail);
    },
  };
}

function putInitiating(out: Out, by: RenderedProcess): void {
  put(out, by.file.initiating);
  put(out, by.run);
}

/** The file columns beside name and hashes, for a file that is a program or a library. */
export function fileExtraText(file: FileFact, by: RenderedProcess): string {
  return fileRequestText(/\.(exe|dll|sys)$/i.test(file.name) ? "PortableExecutable" : "Unknown", by);
}

export function fileRequestText(fileType: string, by: RenderedProcess): string {
  const { account } = by.fact;
  return fragmentText({
    RequestProtocol: "Local",
    RequestAccountName: account.name,
    RequestAccountDomain: account.domain,
    RequestAccountSid: account.sid,
    AdditionalFields: JSON.stringify({ FileType: fileType }),
  });
}

function connectionText(connection: Connection): string {
  const { action, remoteIp, remotePort, remoteUrl, localIp, localPort } = connection;
  const remoteType = remoteIp === null ? null : remoteIp.startsWith("10.") ? '"Private"' : '"Public"';
  return (
    `,"ActionType":"${action}","RemoteIP":${remoteIp === null ? null : `"${remoteIp}"`},"RemotePort":${remotePort},` +
    `"RemoteUrl":${JSON.stringify(remoteUrl)},"LocalIP":"${localIp}","LocalPort":${localPort},` +
    `"Protocol":"Tcp","LocalIPType":"Private","RemoteIPType":${remoteType},`
  );
}
