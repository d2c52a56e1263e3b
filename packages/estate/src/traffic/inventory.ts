import { fragmentText } from "../write/fragments.ts";
import type { Emitter } from "./emitter.ts";
import { addressOf } from "./network.ts";
import type { DeviceState } from "./state.ts";

/** What the device is, as reported once in a while. */
export function reportInventory(emitter: Emitter, state: DeviceState, tick: number): void {
  const device = state.device.fact;
  const server = device.role === "server";
  const { user } = device.accounts;
  const cells = fragmentText({
    ClientVersion: "10.8760.22621.4391",
    PublicIP: addressOf("gateway.example.test"),
    OSArchitecture: "64-bit",
    OSPlatform: server ? "WindowsServer2022" : "Windows11",
    OSBuild: server ? 20348 : 22621,
    OSVersion: "10.0",
    OSVersionInfo: server ? "21H2" : "22H2",
    IsAzureADJoined: !server,
    JoinType: server ? "Domain Joined" : "Hybrid Azure AD Join",
    LoggedOnUsers: JSON.stringify([{ UserName: user.name, DomainName: user.domain, Sid: user.sid }]),
    RegistryDeviceTag: device.role,
    MergedDeviceIds: "",
    MergedToDeviceId: "",
    AdditionalFields: null,
    OnboardingStatus: "Onboarded",
    DeviceCategory: "Endpoint",
    DeviceType: server ? "Server" : "Workstation",
    SensorHealthState: "Active",
    IsInternetFacing: null,
    IsExcluded: false,
    ExposureLevel: "Medium",
  });
  emitter.emit("DeviceInfo", state, tick, (row) => emitter.writers.inventory(row, cells));
}
