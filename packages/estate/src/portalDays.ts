import { dayOf, type Span } from "./clock.ts";
import type { Device } from "./model/device.ts";
import type { TableName } from "./tables.ts";

/**
 * Days for which rows come as an export from the portal, as when streaming had a gap: `both` lies within a five-day
 * look-back and concerns certificates and the servers' network events, `certificates` lies long before it.
 */
export function portalDays(span: Span): { readonly both: number; readonly certificates: number } {
  const last = dayOf(span.end);
  return { both: last - 3, certificates: last - 12 };
}

/** Whether a row is part of a portal export rather than of the stream. */
export function createPortalFilter(span: Span): (table: TableName, day: number, device: Device) => boolean {
  const days = portalDays(span);
  return (table, day, device) => {
    if (table === "DeviceFileCertificateInfo") return day === days.both || day === days.certificates;
    return table === "DeviceNetworkEvents" && day === days.both && device.role === "server";
  };
}
